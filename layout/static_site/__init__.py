"""The site as files that any web server serves: documents, pictures and data of every place, without the dashboard."""
