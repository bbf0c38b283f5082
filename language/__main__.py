"""``python -m language``: bring the catalogues up to date and name what is still to be translated."""

import sys

from language.catalogue import languages, missing_translations, update

left = 0
for code in languages():
    print(update(code).name)
    for sentence in missing_translations(code):
        left += 1
        print(f"  missing: {sentence}")
sys.exit(1 if left else 0)
