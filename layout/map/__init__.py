"Compare areas on a map"
