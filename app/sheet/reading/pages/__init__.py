"""What `pdf` reads a file by: characters and lines of pages, the frames lines make, texts in them, pages joined."""
