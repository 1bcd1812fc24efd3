"""What holds of posts whoever asks: moments and periods, rights, choices, what an approval is for, files."""
