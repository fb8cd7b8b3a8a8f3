"""The trained tagger: `overlay.py` reads with the model, `decoder.py` and `features.py` are the CRF."""
