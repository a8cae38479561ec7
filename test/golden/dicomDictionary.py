"""The elements of DICOM by tag: value type and keyword (PS3.6), and a star where the Basic Application Level
Confidentiality Profile (PS3.15, table E.1-1) removes or replaces the value.

    pip install pydicom==3.0.2 dicom-anonymizer==2.1.0
    python test/golden/dicomDictionary.py > resources/dicom-dictionary.txt
"""
from dicomanonymizer.dicom_anonymization_databases import dicomfields_2026c as profile
from pydicom._dicom_dict import DicomDictionary

removed = {(tag[0] << 16) | tag[1] for tag in profile.ALL_TAGS if len(tag) == 2}
for tag, (vr, _, _, _, keyword) in sorted(DicomDictionary.items()):
    if keyword:
        print(f"{tag:08x} {vr.split(' ')[0]} {keyword}{' *' if tag in removed else ''}")
