"Changes over time"
