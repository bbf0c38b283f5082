"""The figures described for programs: catalogues, schemas, feeds."""
