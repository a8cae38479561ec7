// Included once for each kind of processor, by compute.cc, which names it in CUTPOINT_KIND. Inner loops run along channels,
// which lie side by side in memory, and are left to the compiler to vectorise; where it would leave registers, CUTPOINT_WIDTH
// channels are one vector.

namespace cutpoint {
namespace CUTPOINT_KIND {
namespace {

constexpr int64_t W = CUTPOINT_WIDTH;
typedef float Vector __attribute__((vector_size(4 * CUTPOINT_WIDTH)));

inline Vector load(const float* from) {
  Vector value;
  __builtin_memcpy(&value, from, sizeof value);
  return value;
}

inline void store(float* to, Vector value) { __builtin_memcpy(to, &value, sizeof value); }

/// e^x to about 1e-7 of its value, for x in [-87, 88]; beyond, the ends of that range.
inline float exponential(float x) {
  x = x < -87.0f ? -87.0f : x > 88.0f ? 88.0f : x;
  // Adding and taking away 1.5 · 2^23 rounds to the nearest whole number, which is then in the low bits.
  const float magic = 12582912.0f;
  const float shifted = x * 1.44269504089f + magic;
  const float whole = shifted - magic;
  const float rest = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  // Cephes' expf.
  float p = 1.9875691500e-4f;
  p = p * rest + 1.3981999507e-3f;
  p = p * rest + 8.3334519073e-3f;
  p = p * rest + 4.1665795894e-2f;
  p = p * rest + 1.6666665459e-1f;
  p = p * rest + 5.0000001201e-1f;
  p = p * rest * rest + rest + 1.0f;
  int32_t bits, power;
  __builtin_memcpy(&bits, &shifted, 4);
  power = (bits << 23) + 0x3f800000;
  float scale;
  __builtin_memcpy(&scale, &power, 4);
  return p * scale;
}

inline float between(float x, float low, float high) { return x < low ? low : x > high ? high : x; }

template <Activation A>
inline float activate(float z) {
  if (A == Activation::relu) return z > 0.0f ? z : 0.0f;
  if (A == Activation::relu6) return between(z, 0.0f, 6.0f);
  if (A == Activation::swish) return z / (1.0f + exponential(-z));
  if (A == Activation::hardSwish) return z * between(z + 3.0f, 0.0f, 6.0f) * (1.0f / 6.0f);
  return z;
}

template <Activation A>
inline float derivative(float z) {
  if (A == Activation::relu) return z > 0.0f ? 1.0f : 0.0f;
  if (A == Activation::relu6) return z > 0.0f && z < 6.0f ? 1.0f : 0.0f;
  if (A == Activation::swish) {
    const float s = 1.0f / (1.0f + exponential(-z));
    return s * (1.0f + z * (1.0f - s));
  }
  if (A == Activation::hardSwish) return z <= -3.0f ? 0.0f : z >= 3.0f ? 1.0f : (2.0f * z + 3.0f) * (1.0f / 6.0f);
  return 1.0f;
}

/// Rows of few channels are taken several at a time, as one wider row: `lanes` values, a multiple of the channels.
inline int64_t lanesOf(int64_t channels) { return channels * (channels < 64 ? 64 / channels : 1); }

inline std::vector<float> repeated(const float* values, int64_t channels, int64_t lanes) {
  std::vector<float> wide(lanes);
  for (int64_t i = 0; i < lanes; i++) wide[i] = values[i % channels];
  return wide;
}

/// Folds sums of wide rows to those of channels.
inline void fold(const std::vector<float>& wide, int64_t channels, float* sums) {
  for (int64_t c = 0; c < channels; c++) sums[c] = 0.0f;
  for (size_t i = 0; i < wide.size(); i++) sums[i % channels] += wide[i];
}

void moments(const float* x, int64_t rows, int64_t channels, float* mean, float* variance) {
  const int64_t lanes = lanesOf(channels), count = rows * channels;
  const std::vector<float> shifts = repeated(x, channels, lanes);
  std::vector<float> sums(lanes, 0.0f), squares(lanes, 0.0f);
  const float* __restrict shift = shifts.data();
  float* __restrict sum = sums.data();
  float* __restrict square = squares.data();
  int64_t at = 0;
  for (; at + 4 * lanes <= count; at += 4 * lanes) {
    const float *__restrict a = x + at, *__restrict b = a + lanes, *__restrict c = b + lanes, *__restrict d = c + lanes;
    for (int64_t i = 0; i < lanes; i++) {
      const float p = a[i] - shift[i], q = b[i] - shift[i], r = c[i] - shift[i], s = d[i] - shift[i];
      sum[i] += (p + q) + (r + s);
      square[i] += (p * p + q * q) + (r * r + s * s);
    }
  }
  for (; at < count; at += lanes) {
    const float* __restrict a = x + at;
    const int64_t left = count - at < lanes ? count - at : lanes;
    for (int64_t i = 0; i < left; i++) {
      const float p = a[i] - shift[i];
      sum[i] += p;
      square[i] += p * p;
    }
  }
  fold(sums, channels, mean);
  fold(squares, channels, variance);
  const float share = 1.0f / static_cast<float>(rows);
  for (int64_t c = 0; c < channels; c++) {
    const float offset = mean[c] * share;
    const float spread = variance[c] * share - offset * offset;
    mean[c] = x[c] + offset;
    variance[c] = spread > 0.0f ? spread : 0.0f;
  }
}

template <Activation A>
void affineOf(const float* x, const float* scales, const float* shifts, int64_t rows, int64_t channels,
              float* out) {
  const int64_t lanes = lanesOf(channels), end = rows * channels;
  const std::vector<float> wideScale = repeated(scales, channels, lanes), wideShift = repeated(shifts, channels, lanes);
  const float *__restrict scale = wideScale.data(), *__restrict shift = wideShift.data();
  for (int64_t at = 0; at < end; at += lanes) {
    const int64_t left = end - at < lanes ? end - at : lanes;
    const float* __restrict a = x + at;
    float* __restrict y = out + at;
    for (int64_t i = 0; i < left; i++) y[i] = activate<A>(a[i] * scale[i] + shift[i]);
  }
}

template <Activation A>
void gradientSumsOf(const float* dys, const float* x, const float* scales, const float* shifts, const float* means,
                    int64_t rows, int64_t channels, float* sumOut, float* productOut) {
  const int64_t lanes = lanesOf(channels), end = rows * channels;
  const std::vector<float> wideScale = repeated(scales, channels, lanes), wideShift = repeated(shifts, channels, lanes),
                           wideMean = repeated(means, channels, lanes);
  std::vector<float> sums(lanes, 0.0f), products(lanes, 0.0f);
  const float *__restrict scale = wideScale.data(), *__restrict shift = wideShift.data(), *__restrict mean = wideMean.data();
  float *__restrict sum = sums.data(), *__restrict product = products.data();
  int64_t at = 0;
  for (; at + 2 * lanes <= end; at += 2 * lanes) {
    const float *__restrict a = x + at, *__restrict b = a + lanes, *__restrict da = dys + at, *__restrict db = da + lanes;
    for (int64_t i = 0; i < lanes; i++) {
      const float g = da[i] * derivative<A>(a[i] * scale[i] + shift[i]);
      const float h = db[i] * derivative<A>(b[i] * scale[i] + shift[i]);
      sum[i] += g + h;
      product[i] += g * (a[i] - mean[i]) + h * (b[i] - mean[i]);
    }
  }
  for (; at < end; at += lanes) {
    const int64_t left = end - at < lanes ? end - at : lanes;
    const float *__restrict a = x + at, *__restrict da = dys + at;
    for (int64_t i = 0; i < left; i++) {
      const float g = da[i] * derivative<A>(a[i] * scale[i] + shift[i]);
      sum[i] += g;
      product[i] += g * (a[i] - mean[i]);
    }
  }
  fold(sums, channels, sumOut);
  fold(products, channels, productOut);
}

template <Activation A>
void gradientInputOf(const float* dys, const float* x, const float* scales, const float* shifts, const float* slopes,
                     const float* offsets, int64_t rows, int64_t channels, float* out) {
  const int64_t lanes = lanesOf(channels), end = rows * channels;
  const std::vector<float> wideScale = repeated(scales, channels, lanes), wideShift = repeated(shifts, channels, lanes),
                           wideSlope = repeated(slopes, channels, lanes), wideOffset = repeated(offsets, channels, lanes);
  const float *__restrict scale = wideScale.data(), *__restrict shift = wideShift.data(),
              *__restrict slope = wideSlope.data(), *__restrict offset = wideOffset.data();
  for (int64_t at = 0; at < end; at += lanes) {
    const int64_t left = end - at < lanes ? end - at : lanes;
    const float *__restrict a = x + at, *__restrict dy = dys + at;
    float* __restrict dx = out + at;
    for (int64_t i = 0; i < left; i++)
      dx[i] = scale[i] * (dy[i] * derivative<A>(a[i] * scale[i] + shift[i])) + (slope[i] * a[i] + offset[i]);
  }
}

/// Calls a template with the activation that is only known now.
#define CUTPOINT_BY_ACTIVATION(function, ...)                                        \
  switch (activation) {                                                              \
    case Activation::none: return function<Activation::none>(__VA_ARGS__);           \
    case Activation::relu: return function<Activation::relu>(__VA_ARGS__);           \
    case Activation::relu6: return function<Activation::relu6>(__VA_ARGS__);         \
    case Activation::swish: return function<Activation::swish>(__VA_ARGS__);         \
    case Activation::hardSwish: return function<Activation::hardSwish>(__VA_ARGS__); \
  }

void affine(const float* x, const float* scale, const float* shift, Activation activation, int64_t rows,
            int64_t channels, float* y) {
  CUTPOINT_BY_ACTIVATION(affineOf, x, scale, shift, rows, channels, y)
}

void gradientSums(const float* dy, const float* x, const float* scale, const float* shift, const float* mean,
                  Activation activation, int64_t rows, int64_t channels, float* sum, float* product) {
  CUTPOINT_BY_ACTIVATION(gradientSumsOf, dy, x, scale, shift, mean, rows, channels, sum, product)
}

void gradientInput(const float* dy, const float* x, const float* scale, const float* shift, const float* slope,
                   const float* offset, Activation activation, int64_t rows, int64_t channels, float* dx) {
  CUTPOINT_BY_ACTIVATION(gradientInputOf, dy, x, scale, shift, slope, offset, rows, channels, dx)
}

#undef CUTPOINT_BY_ACTIVATION

/// One term of a sum over kernel positions: both begin at their first channel.
struct Term {
  const float *value, *weight;
};

/// out[c] = sum over the terms of value[c + shift] weight[c].
void sumTerms(const Term* terms, int count, int64_t shift, int64_t channels, float* out) {
  int64_t c = 0;
  for (; c + 4 * W <= channels; c += 4 * W) {
    Vector a{}, b{}, d{}, e{};
    for (int t = 0; t < count; t++) {
      const float *value = terms[t].value + shift + c, *weight = terms[t].weight + c;
      a += load(value) * load(weight);
      b += load(value + W) * load(weight + W);
      d += load(value + 2 * W) * load(weight + 2 * W);
      e += load(value + 3 * W) * load(weight + 3 * W);
    }
    store(out + c, a);
    store(out + c + W, b);
    store(out + c + 2 * W, d);
    store(out + c + 3 * W, e);
  }
  for (; c + W <= channels; c += W) {
    Vector a{};
    for (int t = 0; t < count; t++) a += load(terms[t].value + shift + c) * load(terms[t].weight + c);
    store(out + c, a);
  }
  for (; c < channels; c++) {
    float a = 0.0f;
    for (int t = 0; t < count; t++) a += terms[t].value[shift + c] * terms[t].weight[c];
    out[c] = a;
  }
}

/// A row of sums. Between `first` and `last`, columns that lie `period` apart have the same terms, `step` values further on;
/// the others are asked for one by one.
/// @param termsOf (column, terms) → how many it wrote
template <class TermsOf>
void sumRow(const TermsOf& termsOf, int most, int64_t columns, int64_t first, int64_t last, int64_t period, int64_t step,
            int64_t channels, float* out) {
  std::vector<Term> terms(most);
  for (int64_t column = 0; column < columns; column++)
    if (column < first || column >= last)
      sumTerms(terms.data(), termsOf(column, terms.data()), 0, channels, out + column * channels);
  for (int64_t begin = first; begin < first + period && begin < last; begin++) {
    const int count = termsOf(begin, terms.data());
    int64_t shift = 0;
    for (int64_t column = begin; column < last; column += period, shift += step)
      sumTerms(terms.data(), count, shift, channels, out + column * channels);
  }
}

inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
inline int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

void depthwise(const float* x, const float* kernel, const Sliding& d, int64_t n, int64_t row, float* y) {
  const auto termsOf = [&](int64_t column, Term* terms) {
    int count = 0;
    for (int64_t i = 0; i < d.kernelHeight; i++) {
      const int64_t h = row * d.strideHeight - d.top + i;
      if (h < 0 || h >= d.height) continue;
      for (int64_t j = 0; j < d.kernelWidth; j++) {
        const int64_t w = column * d.strideWidth - d.left + j;
        if (w < 0 || w >= d.width) continue;
        terms[count++] = {x + ((n * d.height + h) * d.width + w) * d.channels, kernel + (i * d.kernelWidth + j) * d.channels};
      }
    }
    return count;
  };
  // Columns whose kernel lies within the image.
  const int64_t first = least(d.outWidth, (d.left + d.strideWidth - 1) / d.strideWidth);
  const int64_t room = d.width + d.left - d.kernelWidth;
  const int64_t last = room < 0 ? first : most(first, least(d.outWidth, room / d.strideWidth + 1));
  sumRow(termsOf, d.kernelHeight * d.kernelWidth, d.outWidth, first, last, 1, d.strideWidth * d.channels, d.channels,
         y + (n * d.outHeight + row) * d.outWidth * d.channels);
}

void depthwiseInput(const float* dy, const float* kernel, const Sliding& d, int64_t n, int64_t row, float* dx) {
  const auto termsOf = [&](int64_t column, Term* terms) {
    int count = 0;
    for (int64_t i = 0; i < d.kernelHeight; i++) {
      const int64_t h = row + d.top - i;
      if (h < 0 || h % d.strideHeight != 0 || h / d.strideHeight >= d.outHeight) continue;
      for (int64_t j = 0; j < d.kernelWidth; j++) {
        const int64_t w = column + d.left - j;
        if (w < 0 || w % d.strideWidth != 0 || w / d.strideWidth >= d.outWidth) continue;
        terms[count++] = {dy + ((n * d.outHeight + h / d.strideHeight) * d.outWidth + w / d.strideWidth) * d.channels,
                          kernel + (i * d.kernelWidth + j) * d.channels};
      }
    }
    return count;
  };
  // Columns that every kernel position of their phase takes to an output.
  const int64_t first = least(d.width, most(0, d.kernelWidth - 1 - d.left));
  const int64_t last = most(first, least(d.width, d.outWidth * d.strideWidth - d.left));
  sumRow(termsOf, d.kernelHeight * d.kernelWidth, d.width, first, last, d.strideWidth, d.channels, d.channels,
         dx + (n * d.height + row) * d.width * d.channels);
}

void depthwiseKernel(const float* dy, const float* x, const Sliding& d, int64_t n, float* dk) {
  for (int64_t i = 0; i < d.kernelHeight * d.kernelWidth * d.channels; i++) dk[i] = 0.0f;
  for (int64_t row = 0; row < d.outHeight; row++)
    for (int64_t i = 0; i < d.kernelHeight; i++) {
      const int64_t h = row * d.strideHeight - d.top + i;
      if (h < 0 || h >= d.height) continue;
      const float* dyRow = dy + (n * d.outHeight + row) * d.outWidth * d.channels;
      const float* xRow = x + (n * d.height + h) * d.width * d.channels;
      for (int64_t j = 0; j < d.kernelWidth; j++) {
        // Columns whose pixel lies within the image.
        int64_t first = 0, last = d.outWidth;
        while (first < last && first * d.strideWidth - d.left + j < 0) first++;
        while (last > first && (last - 1) * d.strideWidth - d.left + j >= d.width) last--;
        const float* from = xRow + (first * d.strideWidth - d.left + j) * d.channels;
        const float* by = dyRow + first * d.channels;
        float* to = dk + (i * d.kernelWidth + j) * d.channels;
        const int64_t step = d.strideWidth * d.channels, count = last - first;
        int64_t c = 0;
        for (; c + 2 * W <= d.channels; c += 2 * W) {
          Vector a = load(to + c), b = load(to + c + W);
          const float *p = by + c, *q = from + c;
          for (int64_t k = 0; k < count; k++, p += d.channels, q += step) {
            a += load(p) * load(q);
            b += load(p + W) * load(q + W);
          }
          store(to + c, a);
          store(to + c + W, b);
        }
        for (; c < d.channels; c++) {
          float a = to[c];
          for (int64_t k = 0; k < count; k++) a += by[k * d.channels + c] * from[k * step + c];
          to[c] = a;
        }
      }
    }
}

/// A tile of a matrix product in registers: ROWS × 2 vectors.
template <int ROWS>
void tile(const float* a, int64_t rowStep, int64_t depthStep, const float* b, int64_t bStep, int64_t depth, float* c,
          int64_t cStep, bool add) {
  Vector sum[ROWS][2];
#pragma GCC unroll 6
  for (int r = 0; r < ROWS; r++) {
    sum[r][0] = add ? load(c + r * cStep) : Vector{};
    sum[r][1] = add ? load(c + r * cStep + W) : Vector{};
  }
  for (int64_t k = 0; k < depth; k++) {
    const Vector left = load(b), right = load(b + W);
#pragma GCC unroll 6
    for (int r = 0; r < ROWS; r++) {
      const float value = a[r * rowStep];
      sum[r][0] += value * left;
      sum[r][1] += value * right;
    }
    a += depthStep;
    b += bStep;
  }
#pragma GCC unroll 6
  for (int r = 0; r < ROWS; r++) {
    store(c + r * cStep, sum[r][0]);
    store(c + r * cStep + W, sum[r][1]);
  }
}

void tileOf(int64_t rows, const float* a, int64_t rowStep, int64_t depthStep, const float* b, int64_t bStep,
            int64_t depth, float* c, int64_t cStep, bool add) {
  switch (rows) {
    case 1: return tile<1>(a, rowStep, depthStep, b, bStep, depth, c, cStep, add);
    case 2: return tile<2>(a, rowStep, depthStep, b, bStep, depth, c, cStep, add);
    case 3: return tile<3>(a, rowStep, depthStep, b, bStep, depth, c, cStep, add);
    case 4: return tile<4>(a, rowStep, depthStep, b, bStep, depth, c, cStep, add);
    case 5: return tile<5>(a, rowStep, depthStep, b, bStep, depth, c, cStep, add);
    default: return tile<6>(a, rowStep, depthStep, b, bStep, depth, c, cStep, add);
  }
}

void product(const Matrix& a, const Matrix& b, int64_t rows, int64_t columns, int64_t depth, float* c, int64_t cStep,
             bool add) {
  // Of so many rows of b, a panel two vectors wide stays in the first cache, and so many rows of a in the second, while they
  // are multiplied (Goto and van de Geijn 2008).
  constexpr int64_t longest = 256, tall = 96, wide = 2 * W, high = 6;
  const int64_t panels = (columns + wide - 1) / wide;
  // Rows that lie a power of two apart would share few places in the cache; copies that many rows use cost little.
  const bool copiesB = b.columnStep != 1 || rows >= tall || b.rowStep % 256 == 0;
  const bool copiesA = a.columnStep != 1 && columns > wide;
  std::vector<float> bCopy(panels * longest * wide), aCopy(copiesA ? tall * longest + 8 : 0);
  float rest[high * wide];
  for (int64_t k = 0; k < depth; k += longest) {
    const int64_t deep = least(longest, depth - k);
    const bool more = add || k > 0;
    for (int64_t panel = copiesB ? 0 : columns / wide; panel < panels; panel++) {
      const int64_t width = least(wide, columns - panel * wide);
      const float* from = b.data + k * b.rowStep + panel * wide * b.columnStep;
      float* to = bCopy.data() + panel * longest * wide;
      if (b.columnStep == 1)
        for (int64_t i = 0; i < deep; i++)
          for (int64_t j = 0; j < wide; j++) to[i * wide + j] = j < width ? from[i * b.rowStep + j] : 0.0f;
      else
        for (int64_t j = 0; j < wide; j++)
          for (int64_t i = 0; i < deep; i++)
            to[i * wide + j] = j < width ? from[i * b.rowStep + j * b.columnStep] : 0.0f;
    }
    for (int64_t top = 0; top < rows; top += tall) {
      const int64_t bottom = least(rows, top + tall);
      if (copiesA)
        for (int64_t m = top; m < bottom; m += high) {
          const int64_t height = least(high, bottom - m);
          const float* from = a.data + m * a.rowStep + k * a.columnStep;
          float* to = aCopy.data() + (m - top) * longest;
          // Eight at once where they lie side by side; what is too many is written over by what follows.
          if (a.rowStep == 1 && m + 8 <= rows)
            for (int64_t i = 0; i < deep; i++) __builtin_memcpy(to + i * high, from + i * a.columnStep, 8 * sizeof(float));
          else
            for (int64_t i = 0; i < deep; i++)
              for (int64_t r = 0; r < height; r++) to[i * high + r] = from[r * a.rowStep + i * a.columnStep];
        }
      for (int64_t panel = 0; panel < panels; panel++) {
        const int64_t n = panel * wide, width = least(wide, columns - n);
        const bool copied = copiesB || width < wide;
        const float* right = copied ? bCopy.data() + panel * longest * wide : b.data + k * b.rowStep + n;
        const int64_t step = copied ? wide : b.rowStep;
        for (int64_t m = top; m < bottom; m += high) {
          const int64_t height = least(high, bottom - m);
          const float* left = copiesA ? aCopy.data() + (m - top) * longest : a.data + m * a.rowStep + k * a.columnStep;
          const int64_t rowStep = copiesA ? 1 : a.rowStep, depthStep = copiesA ? high : a.columnStep;
          float* to = c + m * cStep + n;
          if (width == wide) {
            tileOf(height, left, rowStep, depthStep, right, step, deep, to, cStep, more);
            continue;
          }
          tileOf(height, left, rowStep, depthStep, right, step, deep, rest, wide, false);
          for (int64_t i = 0; i < height; i++)
            for (int64_t j = 0; j < width; j++)
              to[i * cStep + j] = (more ? to[i * cStep + j] : 0.0f) + rest[i * wide + j];
        }
      }
    }
  }
}

void exciteGradient(const float* dys, const float* xs, const float* scales, int64_t rows, int64_t channels, float* dxs,
                    float* dscales) {
  const float* __restrict scale = scales;
  float* __restrict sum = dscales;
  for (int64_t c = 0; c < channels; c++) sum[c] = 0.0f;
  for (int64_t row = 0; row < rows; row++) {
    const float *__restrict dy = dys + row * channels, *__restrict x = xs + row * channels;
    float* __restrict dx = dxs + row * channels;
    for (int64_t c = 0; c < channels; c++) {
      dx[c] = dy[c] * scale[c];
      sum[c] += dy[c] * x[c];
    }
  }
}

void maxPoolGradient(const float* dy, const float* x, const float* y, const Sliding& d, int64_t n, float* dx) {
  const int64_t channels = d.channels;
  std::vector<float> left(channels);
  float* __restrict open = left.data();
  for (int64_t i = 0; i < d.height * d.width * channels; i++) dx[n * d.height * d.width * channels + i] = 0.0f;
  for (int64_t row = 0; row < d.outHeight; row++)
    for (int64_t column = 0; column < d.outWidth; column++) {
      const int64_t at = ((n * d.outHeight + row) * d.outWidth + column) * channels;
      const float *__restrict top = y + at, *__restrict flow = dy + at;
      for (int64_t c = 0; c < channels; c++) open[c] = flow[c];
      for (int64_t i = 0; i < d.kernelHeight; i++) {
        const int64_t h = row * d.strideHeight - d.top + i;
        if (h < 0 || h >= d.height) continue;
        for (int64_t j = 0; j < d.kernelWidth; j++) {
          const int64_t w = column * d.strideWidth - d.left + j;
          if (w < 0 || w >= d.width) continue;
          const int64_t from = ((n * d.height + h) * d.width + w) * channels;
          const float* __restrict value = x + from;
          float* __restrict to = dx + from;
          // The first of equal values takes all of it, and leaves nothing.
          for (int64_t c = 0; c < channels; c++) {
            const float taken = value[c] == top[c] ? open[c] : 0.0f;
            to[c] += taken;
            open[c] -= taken;
          }
        }
      }
    }
}

void adam(float* p_, float* m_, float* v_, const float* g_, float rate, const AdamSettings& s, int64_t count) {
  float *__restrict p = p_, *__restrict m = m_, *__restrict v = v_;
  const float* __restrict g = g_;
  const float first = 1.0f - s.beta1, second = 1.0f - s.beta2, epsilon = s.epsilon, decay = s.weightDecay;
  for (int64_t i = 0; i < count; i++) {
    const float d = g[i] + decay * p[i];
    m[i] += (d - m[i]) * first;
    v[i] += (d * d - v[i]) * second;
    p[i] -= rate * m[i] / (__builtin_sqrtf(v[i]) + epsilon);
  }
}

void momentum(float* p_, float* a_, const float* g_, float rate, const MomentumSettings& s, int64_t count) {
  float *__restrict p = p_, *__restrict a = a_;
  const float* __restrict g = g_;
  const float kept = s.momentum, decay = s.weightDecay;
  for (int64_t i = 0; i < count; i++) {
    const float d = g[i] + decay * p[i];
    a[i] = kept * a[i] + d;
    p[i] -= s.nesterov ? rate * (d + kept * a[i]) : rate * a[i];
  }
}

}  // namespace

void widen(const uint16_t* from, int64_t count, float* to) {
  const uint16_t* __restrict a = from;
  float* __restrict b = to;
  for (int64_t i = 0; i < count; i++) {
    const uint32_t bits = static_cast<uint32_t>(a[i]) << 16;
    __builtin_memcpy(&b[i], &bits, 4);
  }
}

void narrow(const float* from, int64_t count, uint16_t* to) {
  const float* __restrict a = from;
  uint16_t* __restrict b = to;
  for (int64_t i = 0; i < count; i++) {
    uint32_t bits;
    __builtin_memcpy(&bits, &a[i], 4);
    const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    // Rounding would make infinity of some that are no number.
    b[i] = static_cast<uint16_t>((bits & 0x7fffffffu) > 0x7f800000u ? 0x7fc0u : rounded);
  }
}

const Compute table{moments,        affine,          gradientSums, gradientInput,  depthwise,
                    depthwiseInput, depthwiseKernel, product,      exciteGradient, maxPoolGradient,
                    widen,          narrow,          adam,         momentum};

}  // namespace CUTPOINT_KIND
}  // namespace cutpoint
