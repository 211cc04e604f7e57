// W in plain C++17: the standard library's generators and distributions, OpenMP over runs. What a C++ user writes first.
//   g++ -O3 -march=native -fopenmp engine.cpp -o engine && ./engine FOLDER RUNS THREADS REPETITIONS
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <omp.h>
#include <random>
#include <string>
#include <sys/resource.h>
#include <vector>
constexpr int A = 26, N = 14, K = 12, NS = A * N * K, T = 10, SERIES = 200, L = NS - N * K;
template <class X> std::vector<X> read(const std::string &f, size_t n) {
    std::vector<X> v(n);
    std::ifstream in(f, std::ios::binary);
    if (!in.read((char *)v.data(), n * sizeof(X))) { fprintf(stderr, "%s\n", f.c_str()); exit(1); }
    return v;
}
#ifdef PCG
struct pcg64 {  // PCG XSL RR 128/64 (O'Neill)
    using result_type = uint64_t;
    unsigned __int128 s;
    static constexpr unsigned __int128 m = ((unsigned __int128)2549297995355413924ull << 64) + 4865540595714422341ull;
    explicit pcg64(uint64_t seed) : s(((unsigned __int128)seed << 64) ^ 0x9e3779b97f4a7c15ull) { for (int i = 0; i < 8; i++) (*this)(); }
    static constexpr uint64_t min() { return 0; }
    static constexpr uint64_t max() { return ~0ull; }
    uint64_t operator()() { s = s * m + 0x14057b7ef767814full; uint64_t x = (uint64_t)(s >> 64) ^ (uint64_t)s; int r = (int)(s >> 122); return (x >> r) | (x << (-r & 63)); }
};
using Engine = pcg64;
#else
using Engine = std::mt19937_64;
#endif
int main(int, char **v) {
    const std::string f = v[1];
    const int S = atoi(v[2]), TH = atoi(v[3]), reps = atoi(v[4]);
    auto n0 = read<int32_t>(f + "/n0.i32", NS);
    auto la = read<double>(f + "/la.f64", NS), lb = read<double>(f + "/lb.f64", NS), da = read<double>(f + "/da.f64", NS * K), ja = read<double>(f + "/ja.f64", NS);
    const int first[6] = {0, 5, 11, 16, 19, 26};
    std::vector<int> band(A);
    for (int b = 0; b < 5; b++) for (int a = first[b]; a < first[b + 1]; a++) band[a] = b;
    std::vector<double> times;
    double mean = 0; int q[5];
    for (int rep = 0; rep < reps; rep++) {
        auto t0 = std::chrono::steady_clock::now();
        std::vector<int32_t> out((size_t)T * SERIES * S);
#pragma omp parallel for schedule(dynamic, 8) num_threads(TH)
        for (int s = 0; s < S; s++) {
            Engine g(1000003ull * rep + s);
            auto gamma = [&](double a) { return std::gamma_distribution<double>(a, 1)(g); };
            auto binomial = [&](int n, double p) { return n == 0 || p <= 0 ? 0 : p >= 1 ? n : std::binomial_distribution<int>(n, p)(g); };
            std::vector<int32_t> c = n0, nx(NS);
            std::vector<double> leave(NS, -1), row((size_t)NS * K), lambda(NS);
            for (int i = 0; i < NS; i++) lambda[i] = gamma(ja[i]) / 3;
            for (int t = 0; t < T; t++) {
                for (int i = 0; i < NS; i++) nx[i] = lambda[i] > 0 ? std::poisson_distribution<int>(lambda[i])(g) : 0;
                for (int i = 0; i < L; i++) {
                    int n = c[i];
                    if (!n) continue;
                    double *r = &row[(size_t)i * K];
                    if (leave[i] < 0) {
                        double x = gamma(la[i]), y = gamma(lb[i]), sum = 0;
                        leave[i] = x / (x + y);
                        for (int k = 0; k < K; k++) sum += r[k] = da[i * K + k] > 0 ? gamma(da[i * K + k]) : 0;
                        for (int k = 0; k < K; k++) r[k] /= sum;
                    }
                    n -= binomial(n, leave[i]);
                    int32_t *to = &nx[i - i % K + N * K];
                    const int own = i % K;
                    int stay = binomial(n, r[own]);
                    to[own] += stay;
                    n -= stay;
                    double rest = 1 - r[own];
                    for (int k = 0; k < K && n; k++) {
                        if (k == own) continue;
                        int x = k == K - 1 || rest <= 1e-12 ? n : binomial(n, std::min(1.0, r[k] / rest));
                        to[k] += x; n -= x; rest -= r[k];
                    }
                    to[own] += n;
                }
                c.swap(nx);
                int32_t o[SERIES] = {};
                for (int i = 0; i < NS; i++) { int x = c[i]; if (!x) continue; int a = i / (N * K), nk = i % (N * K); o[0] += x; o[1 + nk / K] += x; o[15 + nk % K] += x; o[27 + band[a]] += x; o[32 + nk] += x; }
                for (int j = 0; j < SERIES; j++) out[((size_t)t * SERIES + j) * S + s] = o[j];
            }
        }
        static const double share[5] = {.05, .25, .5, .75, .95};
#pragma omp parallel for num_threads(TH)
        for (int j = 0; j < T * SERIES; j++) {
            int32_t *d = &out[(size_t)j * S];
            std::sort(d, d + S);
            if (j == (T - 1) * SERIES) { double sum = 0; for (int s = 0; s < S; s++) sum += d[s]; mean = sum / S; for (int k = 0; k < 5; k++) q[k] = d[std::min(S - 1, (int)(share[k] * S))]; }
        }
        times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count());
    }
    std::sort(times.begin(), times.end());
    rusage ru; getrusage(RUSAGE_SELF, &ru);
    printf("cpp %s S=%d threads=%d: median %.3f s  peak %ld MB  total y10 mean %.1f q %d %d %d %d %d\n", v[1], S, TH, times[reps / 2], ru.ru_maxrss / 1024, mean, q[0], q[1], q[2], q[3], q[4]);
}
