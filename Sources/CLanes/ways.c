#include "ways.h"

#define SENDCAST_DEFINE_WAY(way)                                                                                         \
    static void round_##way(uint32_t blocks[16], const uint32_t key[16], _Bool is_last) {                                \
        sendcast_words four, own;                                                                                        \
        __builtin_memcpy(&four, blocks, 64);                                                                             \
        __builtin_memcpy(&own, key, 64);                                                                                 \
        sendcast_aes_round_##way(&four, &own, is_last);                                                                  \
        __builtin_memcpy(blocks, &four, 64);                                                                             \
    }                                                                                                                    \
    static void words_##way(uint32_t counters[64], uint32_t seed_low, uint32_t seed_high) {                              \
        sendcast_words parts[4];                                                                                         \
        __builtin_memcpy(parts, counters, 256);                                                                          \
        sendcast_ars_##way(parts, seed_low, seed_high);                                                                  \
        __builtin_memcpy(counters, parts, 256);                                                                          \
    }

#define SENDCAST_AES(name) name##_plain
#define SENDCAST_AES_BYTES 0
#include "ars-rounds.h"
SENDCAST_DEFINE_WAY(plain)
#undef SENDCAST_AES
#undef SENDCAST_AES_BYTES

#if defined(__x86_64__)
#define SENDCAST_AES(name) name##_aes
#define SENDCAST_AES_BYTES 16
#pragma clang attribute push(__attribute__((target("aes"))), apply_to = function)
#include "ars-rounds.h"
SENDCAST_DEFINE_WAY(aes)
#pragma clang attribute pop
#undef SENDCAST_AES
#undef SENDCAST_AES_BYTES

#define SENDCAST_AES(name) name##_vaes
#define SENDCAST_AES_BYTES 32
#pragma clang attribute push(__attribute__((target("avx2,vaes"))), apply_to = function)
#include "ars-rounds.h"
SENDCAST_DEFINE_WAY(vaes)
#pragma clang attribute pop
#undef SENDCAST_AES
#undef SENDCAST_AES_BYTES

#define SENDCAST_AES(name) name##_wide_vaes
#define SENDCAST_AES_BYTES 64
#pragma clang attribute push(__attribute__((target("avx512f,vaes"))), apply_to = function)
#include "ars-rounds.h"
SENDCAST_DEFINE_WAY(wide_vaes)
#pragma clang attribute pop
#undef SENDCAST_AES
#undef SENDCAST_AES_BYTES
#elif defined(__aarch64__) && defined(__ARM_FEATURE_AES)
#define SENDCAST_AES(name) name##_aes
#define SENDCAST_AES_BYTES 16
#include "ars-rounds.h"
SENDCAST_DEFINE_WAY(aes)
#endif

static const sendcast_way ways[] = {
    {"plain", round_plain, words_plain},
#if defined(__x86_64__)
    {"AES-NI", round_aes, words_aes},
    {"VAES", round_vaes, words_vaes},
    {"VAES with AVX-512", round_wide_vaes, words_wide_vaes},
#elif defined(__aarch64__) && defined(__ARM_FEATURE_AES)
    {"ARM's extension", round_aes, words_aes},
#endif
};

int sendcast_way_count(void) {
#if defined(__x86_64__)
    if (!__builtin_cpu_supports("aes")) return 1;
    if (!__builtin_cpu_supports("vaes") || !__builtin_cpu_supports("avx2")) return 2;
    return __builtin_cpu_supports("avx512f") ? 4 : 3;
#else
    return sizeof ways / sizeof *ways;
#endif
}

sendcast_way sendcast_way_at(int number) { return ways[number]; }
