"""What the window shows of safety: notices, 备份与恢复, and the ways out when the data file cannot be opened."""
