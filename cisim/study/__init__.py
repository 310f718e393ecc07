"""From a study to its result folder: arms, design points, runs on one or several cores, tables, store."""
