"""What is compared with: the page that most people would write, and the smallest apps that there are."""
