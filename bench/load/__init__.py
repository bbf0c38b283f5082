"""How much do several servers behind their proxy hold? Everything on 127.0.0.1, bounded in count and time."""
