"""The commands, a module each: it parses the options, reads, computes and writes."""
