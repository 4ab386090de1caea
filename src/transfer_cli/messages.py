"""Messages to people: every error, hint, note and label passes through ``_``."""


def _(message: str, /, **values: object) -> str:
    """Return a message with its named placeholders filled in.

    ``message`` is the English text, which identifies the message; catalogues of other languages
    take its place here.
    """
    return message.format(**values) if values else message
