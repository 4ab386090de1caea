"""What a cell and a figure mean: numbers, periods, units, intervals, regions, vocabulary."""
