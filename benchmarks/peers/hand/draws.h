// Draws in eight lanes of single precision, by AVX2; those of large means in double precision, lane by lane.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>

enum { LANES = 8, INVERTED = 30 };  // lanes, and the mean up to which counts are found by inversion

typedef float Floats __attribute__((vector_size(32)));
typedef int32_t Ints __attribute__((vector_size(32)));
typedef uint32_t Words __attribute__((vector_size(32)));

typedef struct { Words a, b, c, d; } Random;  // xoshiro128+, a stream for each lane

static inline Floats all(float x) { return (Floats){x, x, x, x, x, x, x, x}; }
static inline Floats pick(Ints mask, Floats yes, Floats no) { return (Floats)_mm256_blendv_ps((__m256)no, (__m256)yes, (__m256)mask); }
static inline Floats ones(Ints mask) { return (Floats)(mask & (Ints)all(1)); }
static inline int any(Ints mask) { return !_mm256_testz_si256((__m256i)mask, (__m256i)mask); }
static inline int most(Ints x) {
    int top = x[0];
    for (int i = 1; i < LANES; i++) top = x[i] > top ? x[i] : top;
    return top;
}
static inline Floats floats(Ints x) { return __builtin_convertvector(x, Floats); }
static inline Ints ints(Floats x) { return __builtin_convertvector(x, Ints); }
static inline Floats root(Floats x) { return (Floats)_mm256_sqrt_ps((__m256)x); }

static inline Ints gathered(const int32_t *from, Ints at) { return (Ints)_mm256_i32gather_epi32(from, (__m256i)at, 4); }
static inline Floats gatheredFloats(const float *from, Ints at) { return (Floats)_mm256_i32gather_ps(from, (__m256i)at, 4); }

static inline Floats uniform(Random *r) {
    Words sum = r->a + r->d, shifted = r->b << 9;
    r->c ^= r->a; r->d ^= r->b; r->b ^= r->c; r->a ^= r->d;
    r->c ^= shifted; r->d = (r->d << 11) | (r->d >> 21);
    return (floats((Ints)(sum >> 9)) + 0.5f) * 0x1p-23f;
}

static Random seeded(uint64_t seed) {
    Words words[4];
    for (int i = 0; i < 4 * LANES; i++) {  // SplitMix64
        uint64_t z = seed += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        words[i / LANES][i % LANES] = (uint32_t)((z ^ (z >> 31)) >> 32);
    }
    return (Random){words[0], words[1], words[2], words[3]};
}

static Floats logarithm(Floats x) {  // Cephes' logf
    Ints exponent = (((Ints)x >> 23) & 255) - 126;
    Floats m = (Floats)(((Ints)x & 0x7fffff) | 0x3f000000);
    Ints low = m < 0.70710678f;
    Floats e = floats(exponent) - ones(low);
    m = m + (Floats)(low & (Ints)m) - 1.0f;
    Floats z = m * m, y = all(7.0376836292e-2f);
    y = y * m - 1.1514610310e-1f; y = y * m + 1.1676998740e-1f; y = y * m - 1.2420140846e-1f;
    y = y * m + 1.4249322787e-1f; y = y * m - 1.6668057665e-1f; y = y * m + 2.0000714765e-1f;
    y = y * m - 2.4999993993e-1f; y = y * m + 3.3333331174e-1f;
    return m + (y * m * z - 0.5f * z) + e * 0.69314718f;
}

static Floats exponential(Floats x) {  // Cephes' expf
    x = pick(x < -87.0f, all(-87), x);
    Floats turns = (Floats)_mm256_round_ps((__m256)(x * 1.44269504f), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    x = x - turns * 0.693359375f + turns * 2.12194440e-4f;
    Floats y = all(1.9875691500e-4f);
    y = y * x + 1.3981999507e-3f; y = y * x + 8.3334519073e-3f; y = y * x + 4.1665795894e-2f;
    y = y * x + 1.6666665459e-1f; y = y * x + 0.5f;
    return (y * x * x + x + 1.0f) * (Floats)((ints(turns) + 127) << 23);
}

static Floats normal(Random *r) {  // Giles (2010), the inverse error function in single precision
    static const float centre[] = {2.81022636e-08f, 3.43273939e-07f,  -3.5233877e-06f, -4.39150654e-06f, 0.00021858087f,
                                   -0.00125372503f, -0.00417768164f, 0.246640727f,    1.50140941f};
    static const float tail[] = {-0.000200214257f, 0.000100950558f, 0.00134934322f, -0.00367342844f, 0.00573950773f,
                                 -0.0076224613f,   0.00943887047f,  1.00167406f,    2.83297682f};
    Floats x = 2.0f * uniform(r) - 1.0f, w = -logarithm((1.0f - x) * (1.0f + x));
    Floats near = w - 2.5f, far = root(w) - 3.0f, p = all(centre[0]), q = all(tail[0]);
    for (int i = 1; i < 9; i++) { p = p * near + centre[i]; q = q * far + tail[i]; }
    return 1.41421356f * pick(w < 5.0f, p, q) * x;
}

static Floats gammas(Random *r, Floats shape) {  // Marsaglia and Tsang (2000); below 1 by the shape above it
    Ints low = shape < 1.0f, open = (Ints){-1, -1, -1, -1, -1, -1, -1, -1};
    Floats d = shape + ones(low) - 1.0f / 3, c = 1.0f / root(9.0f * d), drawn = d;
    while (any(open)) {
        Floats x = normal(r), v = 1.0f + c * x, u = uniform(r);
        v = v * v * v;
        Floats bound = 0.5f * x * x + d - d * v + d * logarithm(pick(v > 0.0f, v, all(1)));
        Ints taken = open & (v > 0.0f) & (logarithm(u) < bound);
        drawn = pick(taken, d * v, drawn);
        open &= ~taken;
    }
    return any(low) ? pick(low, drawn * exponential(logarithm(uniform(r)) / shape), drawn) : drawn;
}

static double alone(uint64_t *state) {  // PCG's multiplier and output of 64 bits, for the few draws that one lane makes alone
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint64_t x = *state ^ (*state >> 32);
    return ((x * 0x9e3779b97f4a7c15u >> 12) + 0.5) * 0x1p-52;
}

static int poissonAlone(uint64_t *state, double mean) {  // Hörmann (1993), PTRS
    double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b, inverse = 1.1239 + 1.1328 / (b - 3.4);
    double squeeze = 0.9277 - 3.6224 / (b - 2), logarithmOfMean = log(mean);
    for (;;) {
        double u = alone(state) - 0.5, v = alone(state), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= squeeze) return (int)k;
        if (k < 0 || (us < 0.013 && v > us)) continue;
        if (log(v * inverse / (a / (us * us) + b)) <= -mean + k * logarithmOfMean - lgamma(k + 1)) return (int)k;
    }
}

static int binomialAlone(uint64_t *state, int n, double p) {  // Hörmann (1993), BTRS
    if (p > 0.5) return n - binomialAlone(state, n, 1 - p);
    double spread = sqrt(n * p * (1 - p)), b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, c = n * p + 0.5;
    double v0 = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * spread, odds = log(p / (1 - p));
    double m = floor((n + 1) * p), h = lgamma(m + 1) + lgamma(n - m + 1);
    for (;;) {
        double u = alone(state) - 0.5, v = alone(state), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + c);
        if (us >= 0.07 && v <= v0) return (int)k;
        if (k < 0 || k > n) continue;
        double bound = h - lgamma(k + 1) - lgamma(n - k + 1) + (k - m) * odds;
        if (log(v * alpha / (a / (us * us) + b)) <= bound) return (int)k;
    }
}

static inline uint64_t stateOf(Random *r) { uniform(r); return (uint64_t)r->a[0] << 32 | r->c[1]; }

static Ints poisson(Random *r, Floats mean) {
    Ints k = {0};
    if (any(mean > (float)INVERTED)) {
        uint64_t state = stateOf(r);
        for (int lane = 0; lane < LANES; lane++) {
            if (mean[lane] > 10) { k[lane] = poissonAlone(&state, mean[lane]); continue; }
            double p = exp(-mean[lane]), u = alone(&state);
            while (u > p && k[lane] < 200) { u -= p; p *= mean[lane] / ++k[lane]; }
        }
        return k;
    }
    Floats u = uniform(r), p = exponential(-mean);
    for (int step = 1;; step++) {
        Ints more = u > p;
        if (!any(more) || step > 4 * INVERTED) return k;
        k -= more;
        u = pick(more, u - p, u);
        p = pick(more, p * mean / (float)step, p);
    }
}

static Ints binomial(Random *r, Ints n, Floats p) {
    Ints flip = p > 0.5f, k = {0};
    p = pick(flip, 1.0f - p, p);
    p = pick(p > 1e-9f, p, all(1e-9f));
    Floats count = floats(n);
    if (any(count * p > (float)INVERTED)) {
        uint64_t state = stateOf(r);
        for (int lane = 0; lane < LANES; lane++) {
            if (n[lane] * p[lane] > 10) { k[lane] = binomialAlone(&state, n[lane], p[lane]); continue; }
            double odds = p[lane] / (1.0 - p[lane]), q = exp(n[lane] * log1p(-p[lane])), u = alone(&state);
            while (u > q && k[lane] < n[lane]) { u -= q; q *= odds * (n[lane] - k[lane]) / (k[lane] + 1); k[lane]++; }
        }
    } else {
        Floats u = uniform(r), odds = p / (1.0f - p);
        Floats q = exponential(count * logarithm(1.0f - p));
        for (int step = 1;; step++) {
            Ints more = (u > q) & (k < n);
            if (!any(more)) break;
            u = pick(more, u - q, u);
            q = pick(more, q * odds * (count - floats(k)) / (float)step, q);
            k -= more;
        }
    }
    return (Ints)pick(flip, (Floats)(n - k), (Floats)k);
}
