"""Tiny DICOM files with headers as they are met, and their levels by pydicom or, where it refuses, by numpy.

    pip install pydicom==3.0.2 numpy pylibjpeg pylibjpeg-openjpeg pylibjpeg-libjpeg pyjpegls imagecodecs
    python test/golden/dicomHeaders.py > test/golden/data/dicom_headers.json
"""
import base64, gzip, io, json, sys
import numpy as np
import imagecodecs, jpeg_ls, openjpeg, pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.dataelem import DataElement
from pydicom.encaps import encapsulate
from pydicom.pixels import apply_color_lut, apply_modality_lut, apply_rescale, apply_voi_lut
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import UID

pydicom.config.settings.writing_validation_mode = pydicom.config.IGNORE
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
EXPLICIT, IMPLICIT, BIG = '1.2.840.10008.1.2.1', '1.2.840.10008.1.2', '1.2.840.10008.1.2.2'
J2K, JLS, RLE, HTJ2K, JPEG = (f'1.2.840.10008.1.2.{end}' for end in ('4.90', '4.80', '5', '4.201', '4.50'))
R, C = 6, 8
ramp = lambda low, high, n=R * C: np.round(np.linspace(low, high, n)).astype(np.int64).reshape(-1)


def dataset(samples, bits=16, stored=None, signed=False, photometric='MONOCHROME2', **more):
    ds = Dataset()
    ds.SOPClassUID, ds.SOPInstanceUID, ds.Modality = '1.2.840.10008.5.1.4.1.1.7', '1.2.3', 'OT'
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PhotometricInterpretation = R, C, 1, photometric
    ds.BitsAllocated, ds.BitsStored, ds.PixelRepresentation = bits, stored or bits, int(signed)
    ds.HighBit = ds.BitsStored - 1
    kind = f"{'i' if signed else 'u'}{bits // 8}"
    ds.PixelData = np.asarray(samples).astype(kind).tobytes()
    ds['PixelData'].VR = 'OW' if bits > 8 else 'OB'
    for name, value in more.items():
        setattr(ds, name, value)
    return ds


def written(ds, syntax=EXPLICIT):
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = UID(syntax)
    ds.file_meta.MediaStorageSOPClassUID, ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPClassUID, ds.SOPInstanceUID
    if syntax == BIG and ds.BitsAllocated == 16:
        ds.PixelData = np.frombuffer(ds.PixelData, '<u2').astype('>u2').tobytes()
    out = io.BytesIO()
    pydicom.dcmwrite(out, ds, implicit_vr=syntax == IMPLICIT, little_endian=syntax != BIG, enforce_file_format=True)
    return out.getvalue()


def lut(first, entries, bits, count=None, vr='US', data_vr='OW', big=False, signed=None):
    item = Dataset()
    item.add_new(0x00283002, vr, [len(entries) if count is None else count, first, bits])
    if data_vr == 'US':
        item.add_new(0x00283006, 'US', [int(e) for e in entries])
    else:
        kind = 'u1' if data_vr == 'OB' else ('>u2' if big else '<u2')
        item.add_new(0x00283006, 'OW', np.asarray(entries).astype(kind).tobytes())
    return [item]


def palette(ds, first, tables, bits, vr='US', width=2, big=False, count=None):
    for channel, table in enumerate(tables):
        ds.add_new(0x00281101 + channel, vr, [len(table) if count is None else count, first, bits])
        ds.add_new(0x00281201 + channel, 'OW', np.asarray(table).astype(f"{'>' if big else '<'}u{width}").tobytes())
    return ds


cases = []


def case(name, file, levels, notes=(), tolerance=1, channels=1):
    step = 1 if R * C < 100 else 11
    levels = np.clip(np.round(np.asarray(levels, dtype=float)), 0, 255).astype(int).reshape(-1)
    cases.append({'name': name, 'file': base64.b64encode(gzip.compress(file, 9, mtime=0)).decode(),
                  'size': [C, R], 'step': step, 'levels': levels[::step].tolist(), 'notes': list(notes), 'tolerance': tolerance, 'channels': channels})


def by_pydicom(name, ds, syntax=EXPLICIT, notes=(), depth=None, window=None):
    """Levels of pydicom's own pipeline: `depth` of a VOI LUT's entries, or the output range of a window."""
    file = written(ds, syntax)
    back = pydicom.dcmread(io.BytesIO(file))
    values = apply_modality_lut(back.pixel_array, back)
    out = apply_voi_lut(values, back).astype(float)
    if depth:
        low, high = 0, 2 ** depth - 1
    else:
        low, high = window
    levels = (out - low) / (high - low) * 255
    if back.PhotometricInterpretation == 'MONOCHROME1':
        levels = 255 - np.clip(levels, 0, 255)
    case(name, file, levels, notes)


def window_level(values, centre, width):
    return ((values - (centre - 0.5)) / (width - 1) + 0.5) * 255


curve = lambda n, top: np.round(np.linspace(0, 1, n) ** 2 * top).astype(int)

# VOI lookup tables
by_pydicom('voi: signed first value, implicit', dataset(ramp(-900, 900), signed=True,
           VOILUTSequence=lut(-500, curve(1000, 4095), 12, vr='SS')), IMPLICIT, depth=12)
unsigned_hu = dataset(ramp(0, 4000), stored=12, RescaleSlope='1', RescaleIntercept='-1024')
unsigned_hu.VOILUTSequence = lut(65536 - 1024, curve(4096, 4095), 12)
case('voi: first value of −1024 under unsigned samples and a negative intercept, implicit', written(unsigned_hu, IMPLICIT),
     curve(4096, 4095)[ramp(0, 4000)] / 4095 * 255)
wrong = dataset(ramp(-900, 900), signed=True, VOILUTSequence=lut(65536 - 500, curve(1000, 4095), 12, vr='US'))
case('voi: signed first value written as US', written(wrong), curve(1000, 4095)[np.clip(ramp(-900, 900) + 500, 0, 999)] / 4095 * 255)
by_pydicom('voi: first value of 40000, unsigned', dataset(ramp(39000, 42000), VOILUTSequence=lut(40000, curve(1000, 1023), 10)), depth=10)
by_pydicom('voi: data as US', dataset(ramp(0, 900), stored=12, VOILUTSequence=lut(100, curve(700, 4095), 12, data_vr='US')), depth=12)
for bits in (10, 14, 16):
    by_pydicom(f'voi: {bits} bits', dataset(ramp(0, 4095), stored=12, VOILUTSequence=lut(0, curve(4096, 2 ** bits - 1), bits)), depth=bits)
by_pydicom('voi: 0 entries are 65536', dataset(ramp(0, 65535), VOILUTSequence=lut(0, np.arange(65536) // 512 * 515, 16, count=0)), depth=16)
by_pydicom('voi: big endian', dataset(ramp(0, 4095), stored=12, VOILUTSequence=lut(0, curve(4096, 4095), 12, big=True)), BIG, depth=12)
by_pydicom('voi: under MONOCHROME1', dataset(ramp(0, 4095), stored=12, photometric='MONOCHROME1',
           VOILUTSequence=lut(0, curve(4096, 4095), 12)), depth=12)
for bits, content in ((16, 12), (16, 10), (14, 10), (16, 14)):
    claims = dataset(ramp(0, 4095), stored=12, VOILUTSequence=lut(0, curve(4096, 2 ** content - 1), bits))
    by_pydicom(f'voi: claims {bits} bits, has {content}', claims, depth=content, notes=['LUT'])
fuller = dataset(ramp(0, 4095), stored=12, VOILUTSequence=lut(0, curve(4096, 65535), 12))
by_pydicom('voi: claims 12 bits, has 16', fuller, depth=16, notes=['LUT'])
by_pydicom('voi: 15 of 16 bits are 16', dataset(ramp(0, 4095), stored=12, VOILUTSequence=lut(0, curve(4096, 30000), 16)), depth=16)
short = dataset(ramp(0, 4095), stored=12, VOILUTSequence=lut(0, curve(2048, 4095), 12, count=4096))
case('voi: fewer entries than declared', written(short), curve(2048, 4095)[np.clip(ramp(0, 4095), 0, 2047)] / 4095 * 255)

# modality lookup tables
modality = dataset(ramp(-200, 200), signed=True, ModalityLUTSequence=lut(-100, curve(200, 4095), 16, vr='SS'), WindowCenter='2048', WindowWidth='4096')
modality.ModalityLUTSequence[0].ModalityLUTType = 'US'
case('modality: signed first value, implicit', written(modality, IMPLICIT),
     window_level(curve(200, 4095)[np.clip(ramp(-200, 200) + 100, 0, 199)], 2048, 4096))
by_pydicom('modality: negative slope', dataset(ramp(0, 4095), stored=12, RescaleSlope='-2', RescaleIntercept='1000',
           WindowCenter='-3000', WindowWidth='4000'), window=(1000, -2 * 4095 + 1000))

# palettes
tables = [np.arange(256), np.arange(256)[::-1], (np.arange(256) * 3) % 256]
index = np.clip(ramp(-150, 150) + 128, 0, 255)
expected = np.stack([t[index] for t in tables], axis=-1)
for name, syntax, vr in (('explicit', EXPLICIT, 'SS'), ('implicit', IMPLICIT, 'SS')):
    signed = palette(dataset(ramp(-150, 150), signed=True, photometric='PALETTE COLOR'), -128, [t * 257 for t in tables], 16, vr=vr)
    file = written(signed, syntax)
    out = apply_color_lut(pydicom.dcmread(io.BytesIO(file)).pixel_array, pydicom.dcmread(io.BytesIO(file)))
    assert (out.reshape(-1, 3) >> 8 == expected).all()
    case(f'palette: signed first value, {name}', file, expected, channels=3, tolerance=0)
plain = ramp(0, 255)
colours = np.stack([t[plain] for t in tables], axis=-1)
for name, bits, width, notes, shift in (('8 bits packed', 8, 1, [], 1), ('16 bits', 16, 2, [], 257), ('8 bits in words', 8, 2, [], 1),
                                 ('claims 16 bits, has 8 packed', 16, 1, ['LUT'], 1), ('claims 16 bits, has 8 in words', 16, 2, ['LUT'], 1),
                                 ('claims 8 bits, has 16', 8, 2, ['LUT'], 257), ('claims 16 bits, has 12', 16, 2, ['LUT'], 16)):
    ds = palette(dataset(plain, bits=8, photometric='PALETTE COLOR'), 0, [t * shift for t in tables], bits, width=width)
    case(f'palette: {name}', written(ds), colours, notes, channels=3, tolerance=0)
case('palette: big endian', written(palette(dataset(plain, photometric='PALETTE COLOR', bits=16), 0, [t * 257 for t in tables], 16, big=True), BIG),
     colours, channels=3, tolerance=0)
later = palette(dataset(plain, bits=8, photometric='PALETTE COLOR'), 100, [t[:100] for t in tables], 8, width=1)
case('palette: first value of 100', written(later), np.stack([t[np.clip(plain - 100, 0, 99)] for t in tables], axis=-1), channels=3, tolerance=0)
segmented = dataset(plain, bits=8, photometric='PALETTE COLOR')
for channel in range(3):
    segmented.add_new(0x00281101 + channel, 'US', [256, 0, 16])
    segmented.add_new(0x00281221 + channel, 'OW', np.array([0, 2, 0, 1000, 1, 126, 64000, 1, 128, 500 * channel], '<u2').tobytes())
file = written(segmented)
back = pydicom.dcmread(io.BytesIO(file))
case('palette: segments', file, apply_color_lut(back.pixel_array, back) >> 8, channels=3)

# windows
grey = dict(stored=12)
values = ramp(0, 4095)
full = dict(window=(0, 4095))


def windowed(centre, width, vr=('DS', 'DS'), function=None, samples=values, **more):
    ds = dataset(samples, **{**grey, **more})
    ds.add(DataElement(0x00281050, vr[0], centre))
    ds.add(DataElement(0x00281051, vr[1], width))
    if function:
        ds.VOILUTFunction = function
    return ds


def raw_window(centre, width, **more):
    ds = windowed('1', '1', **more)
    for tag, text in ((0x00281050, centre), (0x00281051, width)):
        data = text.encode() + b' ' * (len(text) % 2)
        ds[tag] = pydicom.dataelem.RawDataElement(pydicom.tag.Tag(tag), 'DS', len(data), data, 0, False, True)
    return written(ds)


case('window: US', written(windowed(1000, 800, ('US', 'US'))), window_level(values, 1000, 800), ['WINDOW'])
case('window: SS below zero', written(windowed(-100, 800, ('SS', 'US'), samples=ramp(-600, 600), signed=True, stored=16)),
     window_level(ramp(-600, 600), -100, 800), ['WINDOW'])
case('window: FD', written(windowed(1000.5, 800.25, ('FD', 'FD'))), window_level(values, 1000.5, 800.25), ['WINDOW'])
case('window: LO', written(windowed('1000', '800', ('LO', 'SH'))), window_level(values, 1000, 800), ['WINDOW'])
by_pydicom('window: several', windowed(['1000', '3000'], ['800', '100']), **full)
case('window: decimal comma', raw_window('1000,5', '800,0'), window_level(values, 1000.5, 800), ['WINDOW'])
case('window: apart by commas', raw_window('1000,3000,10', '800,100,20'), window_level(values, 1000, 800), ['WINDOW'])
own = (values - values.min()) / np.ptp(values) * 255
for width in ('0', '-200'):
    case(f'window: width {width}', raw_window('1000', width), own, ['WINDOW'])
case('window: no number', raw_window('abc', '100'), own, ['WINDOW'])
case('window: width 1', raw_window('2000', '1'), np.where(values <= 1999.5, 0, 255))
case('window: width 0.5 of values in fractions', written(windowed('1', '0.5', RescaleSlope='0.0005', RescaleIntercept='0')),
     ((values * 0.0005 - 1) / 0.5 + 0.5) * 255, ['WINDOW'])
by_pydicom('window: sigmoid', windowed('2000', '900', function='SIGMOID'), **full)
case('window: sigmoid in lower case', written(windowed('2000', '900', function='sigmoid')), 255 / (1 + np.exp(-4 * (values - 2000) / 900)))
by_pydicom('window: linear exact', windowed('2000', '900', function='LINEAR_EXACT'), **full)
case('window: unknown function', written(windowed('2000', '900', function='CUBIC')), window_level(values, 2000, 900), ['WINDOW'])

# where samples lie
top = dataset(ramp(0, 4095) << 4, WindowCenter='2048', WindowWidth='4096', BitsStored=12, HighBit=15)
case('high bit 15 of 12 bits', written(top), window_level(ramp(0, 4095), 2048, 4096))
case('high bit 15, samples at the low end', written(dataset(ramp(0, 4095), WindowCenter='2048', WindowWidth='4096', BitsStored=12, HighBit=15)),
     window_level(ramp(0, 4095), 2048, 4096), ['BITS'])
contradiction = dataset(ramp(0, 65535))
contradiction.add_new(0x00280106, 'SS', -20)
case('smallest value below zero, samples unsigned', written(contradiction), ramp(0, 65535) / 65535 * 255, ['SIGN'])
floats = dataset(ramp(0, 1))
del floats.PixelData, floats.PixelRepresentation
floats.FloatPixelData, floats.BitsAllocated = np.linspace(-1.5, 2.5, R * C).astype('<f4').tobytes(), 32
case('float samples', written(floats), np.linspace(0, 255, R * C), ['RANGE'])

# colours
rgb = np.stack([ramp(0, 255), ramp(255, 0), (ramp(0, 255) * 7) % 256], axis=-1)


def colour(data, **more):
    ds = dataset(data, **{'bits': 8, 'photometric': 'RGB', **more})
    ds.SamplesPerPixel, ds.PlanarConfiguration = 3, more.get('PlanarConfiguration', 0)
    return ds


case('colour by plane', written(colour(rgb.T.reshape(-1), PlanarConfiguration=1)), rgb, channels=3, tolerance=0)
twelve = np.stack([ramp(0, 4095), ramp(4095, 0), ramp(100, 3000)], axis=-1)
case('colour of 12 bits in 16', written(colour(twelve, bits=16)), twelve / 4095 * 255, ['RANGE'], channels=3)
case('colour of 16 bits', written(colour(twelve * 16, bits=16)), twelve * 16 / 65535 * 255, channels=3)
subsampled = dataset(np.zeros(1), bits=8, photometric='YBR_FULL_422')
subsampled.SamplesPerPixel, subsampled.PlanarConfiguration = 3, 0
pairs = np.stack([ramp(0, 255), ramp(255, 0)], axis=-1)[: R * C // 2]
chroma = np.stack([ramp(30, 220), ramp(220, 40)], axis=-1)[: R * C // 2]
subsampled.PixelData = np.concatenate([pairs, chroma], axis=-1).astype('u1').tobytes()
file = written(subsampled)
case('YBR_FULL_422', file, pydicom.dcmread(io.BytesIO(file)).pixel_array, channels=3)
frames = np.stack([ramp(0, 100), ramp(100, 255), ramp(7, 9)])
case('three frames', written(dataset(frames, bits=8, NumberOfFrames='3')), ramp(100, 255), ['FRAMES'], tolerance=0)

case('frames: counted by a number of another type', written(dataset(frames, bits=8, NumberOfFrames=None)).replace(
     b'\x28\0\x08\0IS\0\0', b'\x28\0\x08\0US\x02\0\x03\0'), ramp(100, 255), ['FRAMES'], tolerance=0)
case('frames: not counted', written(dataset(frames, bits=8)), ramp(0, 100), ['FRAMES'], tolerance=0)

# headers that contradict themselves or their pixels
shown = dict(stored=12, WindowCenter='2048', WindowWidth='4096')
bright = window_level(values, 2048, 4096)
case('photometric: small letters', written(dataset(values, photometric='Monochrome1', **shown)), 255 - bright)
for name, shape in (('MONOCHROME1', 'IDENTITY'), ('MONOCHROME2', 'INVERSE')):
    by_pydicom(f'photometric: {name} and {shape}', dataset(values, photometric=name, PresentationLUTShape=shape, **shown), notes=['COLOURS'], **full)
by_pydicom('photometric: MONOCHROME1 and INVERSE', dataset(values, photometric='MONOCHROME1', PresentationLUTShape='INVERSE', **shown), **full)
case('photometric: palette_color', written(palette(dataset(plain, bits=8, photometric='palette_color'), 0, tables, 8, width=1)), colours, channels=3, tolerance=0)
case('photometric: RGB of one sample', written(dataset(plain, bits=8, photometric='RGB')), plain, ['COLOURS'], tolerance=0)
case('photometric: three samples of MONOCHROME2', written(colour(rgb, photometric='MONOCHROME2')), rgb, ['COLOURS'], channels=3, tolerance=0)
uncounted = colour(rgb)
del uncounted.SamplesPerPixel
case('samples per pixel missing, RGB', written(uncounted), rgb, channels=3, tolerance=0)
case('YBR_FULL_422 with colours for every pixel', written(colour(rgb, photometric='YBR_FULL_422')),
     convert_color_space(rgb.astype('u1')[None], 'YBR_FULL', 'RGB'), channels=3)
by_pydicom('samples with more bits than are stored', dataset(values, stored=8, WindowCenter='128', WindowWidth='256'), window=(0, 255), notes=['BITS'])
for centre in ('-5000', '1e300'):
    by_pydicom(f'window: misses every sample, {centre}', dataset(values, stored=12, WindowCenter=centre, WindowWidth='100'), notes=['UNIFORM'], **full)
case('window: binary under implicit VR', written(windowed('1', '1'), IMPLICIT).replace(
     b'\x28\0\x50\x10\2\0\0\0' + b'1 ', b'\x28\0\x50\x10\4\0\0\0' + np.float32(1000).tobytes()), own, ['WINDOW'])

# enhanced objects: functional groups that are there and empty
def groups(**empty):
    ds = dataset(np.tile(values, 2), NumberOfFrames='2', RescaleSlope='2', RescaleIntercept='-5', WindowCenter='3000', WindowWidth='900', stored=12)
    shared = Dataset()
    for name in empty:
        setattr(shared, name, [Dataset()])
    ds.SharedFunctionalGroupsSequence, ds.PerFrameFunctionalGroupsSequence = [shared], [Dataset(), Dataset()]
    return written(ds)


case('groups: empty ones', groups(FrameVOILUTSequence=1, PixelValueTransformationSequence=1), window_level(values * 2 - 5, 3000, 900), ['FRAMES'])


# compressed samples with a sign: one window over all of them shows what was lost
R, C = 32, 32  # the least that JPEG 2000's encoder takes
ramp = lambda low, high: np.round(np.linspace(low, high, R * C)).astype(np.int64)


def packed(name, samples, stream, syntax, bits, stored, signed=True, notes=(), expect=None):
    low, high = (-(2 ** (stored - 1)), 2 ** (stored - 1) - 1) if signed else (0, 2 ** stored - 1)
    ds = dataset(samples, bits=bits, stored=stored, signed=signed)
    ds.WindowCenter, ds.WindowWidth = str((low + high + 1) // 2), str(high - low + 1)
    ds.PixelData = encapsulate([stream])
    ds['PixelData'].is_undefined_length = True
    file = written(ds, syntax)
    array = pydicom.dcmread(io.BytesIO(file)).pixel_array.astype(np.int64).reshape(-1) if expect is None else expect
    assert expect is not None or (array == samples).all(), name
    case(name, file, window_level(array, (low + high + 1) // 2, high - low + 1), notes)


for bits, stored in ((8, 8), (16, 12), (16, 16)):
    samples = ramp(-(2 ** (stored - 1)), 2 ** (stored - 1) - 1)
    typed = samples.astype(f'i{bits // 8}').reshape(R, C)
    j2k = bytes(openjpeg.encode(typed, bits_stored=stored))
    packed(f'JPEG 2000, {stored} bits with a sign', samples, j2k, J2K, bits, stored)
    # header and codestream disagree: bits are read as the header says
    unsigned = np.where(samples < 0, samples + 2 ** stored, samples)
    packed(f'JPEG 2000, {stored} bits, a sign in the codestream alone', unsigned, j2k, J2K, bits, stored, signed=False, expect=unsigned)
    plain_j2k = bytes(openjpeg.encode(unsigned.astype(f'u{bits // 8}').reshape(R, C), bits_stored=stored))
    packed(f'JPEG 2000, {stored} bits, a sign in the header alone', samples, plain_j2k, J2K, bits, stored)
    if bits == 16 or stored == 8:
        ht = imagecodecs.htj2k_encode(typed)
        packed(f'HTJ2K, {stored} bits with a sign', samples, bytes(ht), HTJ2K, bits, stored, expect=samples)
    ls = jpeg_ls.encode_array(unsigned.astype(f'u{bits // 8}').reshape(R, C)) if stored in (8, 16) else None
    if ls is not None:
        packed(f'JPEG-LS, {stored} bits with a sign', samples, bytes(ls), JLS, bits, stored)
    rle = dataset(samples, bits=bits, stored=stored, signed=True)
    rle.file_meta = FileMetaDataset()
    rle.file_meta.TransferSyntaxUID = UID(EXPLICIT)
    rle.compress(UID(RLE), generate_instance_uid=False)
    rle.WindowCenter, rle.WindowWidth = '0', str(2 ** stored)
    case(f'RLE, {stored} bits with a sign', written(rle, RLE), window_level(samples, 0, 2 ** stored))
deep = bytes(openjpeg.encode(ramp(0, 4095).astype('u2').reshape(R, C), bits_stored=12))
packed('JPEG 2000, 12 bits under a header that allocates 8', ramp(0, 255), deep, J2K, 8, 8, signed=False, notes=['BITS'], expect=ramp(0, 4095))
ybr = np.stack([ramp(40, 200), ramp(90, 160), ramp(160, 90)], axis=-1).astype('u1')
stream = bytes(openjpeg.encode(ybr.reshape(R, C, 3), photometric_interpretation=3, use_mct=False))
ds = colour(ybr, photometric='YBR_FULL')
ds.PixelData = encapsulate([stream])
ds['PixelData'].is_undefined_length = True
case('JPEG 2000 of YBR_FULL without a transform', written(ds, J2K), convert_color_space(ybr.reshape(R, C, 3), 'YBR_FULL', 'RGB'), channels=3)

# lossy JPEG of three components is YCbCr where nothing says otherwise, or as its marker says
ramps = np.stack([ramp(0, 255), ramp(255, 0), ramp(60, 200)], axis=-1).astype('u1').reshape(R, C, 3)
as_ycbcr = bytes(imagecodecs.jpeg8_encode(ramps, level=98, subsampling='444'))
unmarked = as_ycbcr[:2] + as_ycbcr[4 + int.from_bytes(as_ycbcr[4:6], 'big'):]
as_rgb = bytes(imagecodecs.jpeg8_encode(ramps, level=98, colorspace='RGB', outcolorspace='RGB'))
adobe = lambda transform: b'\xff\xee\0\x0eAdobe\0\x64\0\0\0\0' + bytes([transform])
for name, stream, photometric in (('no marker, YBR_ICT', unmarked, 'YBR_ICT'),
                                  ('Adobe 1, RGB', unmarked[:2] + adobe(1) + unmarked[2:], 'RGB'),
                                  ('Adobe 0, YBR_FULL_422', as_rgb.replace(b'\3R\x11\0G\x11\0B\x11\0', b'\3\1\x11\0\2\x11\0\3\x11\0').replace(
                                      b'\3R\0G\0B\0', b'\3\1\0\2\0\3\0'), 'YBR_FULL_422')):
    ds = colour(ramps, photometric=photometric)
    ds.PixelData = encapsulate([stream])
    ds['PixelData'].is_undefined_length = True
    case(f'JPEG: {name}', written(ds, JPEG), imagecodecs.jpeg8_decode(stream), channels=3, tolerance=2)
# an offset table that says nothing, and two fragments a frame
several = dataset(np.zeros(1), bits=8, NumberOfFrames='3')
streams = [bytes(imagecodecs.jpeg8_encode(np.full((R, C), level, 'u1'), level=98)) for level in (20, 120, 220)]
packets = encapsulate(streams, fragments_per_frame=2, has_bot=True)
several.PixelData = packets[:8] + bytes(12) + packets[20:]
several['PixelData'].is_undefined_length = True
case('JPEG: three frames under an offset table of zeros', written(several, JPEG), np.full(R * C, 120), ['FRAMES'])

json.dump({'source': f'test/golden/dicomHeaders.py: pydicom {pydicom.__version__}, numpy {np.__version__}', 'cases': cases},
          sys.stdout, ensure_ascii=False)
