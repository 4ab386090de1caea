"""What a shell completes, typed in bash."""

import subprocess

import pytest


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("filter --province Yu", "Yunnan"),
        ("filter --province 云", "云南"),
        ("filter --province Yunnan,Si", "Yunnan,Sichuan"),
        ("filter --columns indi", "indicator"),
        ("filter --sort va", "value"),
        ("compare inv", "investment"),
        ("aggregate --stat sum,g", "sum,gini"),
        ("aggregate --by prov", "province"),
        ("filter --format js", "jsonl"),
        ("filter proj", "projects"),
        ("exp", "export"),
        ("export al", "all"),
        ("export prov", "provinces"),
        ("show nm_signed_p", "nm_signed_projects"),
        ("values indu", "industry"),
    ],
)
def test_completion(script, monkeypatch, words, completed):
    line = f"transfer-cli {words}"
    monkeypatch.setenv("_TRANSFER_CLI_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
    done = subprocess.run([script], capture_output=True, text=True, timeout=60, check=False)
    assert completed in done.stdout.split("\n")
    assert done.stderr == ""
