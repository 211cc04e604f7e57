// Random words by the counter-based generator ARS-7 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011): seven rounds of AES over a counter of four words, sixteen counters at a time. The words are the same
// whether the processor has instructions for AES or not.
#pragma once

#include "lanes.h"

// The S-box of AES (FIPS 197, figure 7).
extern const uint8_t sendcast_aes_box[256];

#if defined(__VAES__) && defined(__AVX512F__)
#define SENDCAST_AES_BYTES 64
#elif defined(__VAES__) && defined(__AVX2__)
#define SENDCAST_AES_BYTES 32
#elif defined(__AES__)
#define SENDCAST_AES_BYTES 16
#elif defined(__aarch64__) && defined(__ARM_FEATURE_AES)
#include <arm_neon.h>
#define SENDCAST_AES_BYTES 16
#else
#define SENDCAST_AES_BYTES 0
#endif
#define SENDCAST_AES(name) name
#include "ars-rounds.h"
#undef SENDCAST_AES
#undef SENDCAST_AES_BYTES

// Puts the first words of sixteen blocks together, then the second ones, and so on; done twice it changes nothing. Block
// 4 b + p is the b-th of part p, so that words stay within their sixteen bytes of a register.
static inline __attribute__((always_inline)) void sendcast_turn(sendcast_words parts[4]) {
#define SENDCAST_PAIR(a, b, i, j)                                                                                        \
    __builtin_shufflevector(                                                                                             \
        a, b, i, 16 + i, j, 16 + j, 4 + i, 20 + i, 4 + j, 20 + j, 8 + i, 24 + i, 8 + j, 24 + j, 12 + i, 28 + i, 12 + j,  \
        28 + j)
#define SENDCAST_HALVES(a, b, i)                                                                                         \
    __builtin_shufflevector(                                                                                             \
        a, b, i, i + 1, 16 + i, 17 + i, 4 + i, 5 + i, 20 + i, 21 + i, 8 + i, 9 + i, 24 + i, 25 + i, 12 + i, 13 + i,      \
        28 + i, 29 + i)
    sendcast_words low = SENDCAST_PAIR(parts[0], parts[1], 0, 1), high = SENDCAST_PAIR(parts[0], parts[1], 2, 3);
    sendcast_words other_low = SENDCAST_PAIR(parts[2], parts[3], 0, 1), other_high = SENDCAST_PAIR(parts[2], parts[3], 2, 3);
    parts[0] = SENDCAST_HALVES(low, other_low, 0);
    parts[1] = SENDCAST_HALVES(low, other_low, 2);
    parts[2] = SENDCAST_HALVES(high, other_high, 0);
    parts[3] = SENDCAST_HALVES(high, other_high, 2);
#undef SENDCAST_PAIR
#undef SENDCAST_HALVES
}

// Four words for each of sixteen consecutive runs; the other three words of their counters are the same.
static inline __attribute__((always_inline)) void sendcast_ars_of_runs(
    uint32_t first, uint32_t subject, uint32_t state, uint32_t index, uint32_t seed_low, uint32_t seed_high,
    void *four_words) {
    sendcast_words *words = four_words;
    const sendcast_words counter = {first, subject, state, index, first, subject, state, index,
                                    first, subject, state, index, first, subject, state, index};
#pragma clang loop unroll(full)
    for (uint32_t part = 0; part < 4; part++)
        words[part] = counter + (sendcast_words){part,     0, 0, 0, part + 4,  0, 0, 0,
                                                 part + 8, 0, 0, 0, part + 12, 0, 0, 0};
    sendcast_ars(words, seed_low, seed_high);
    sendcast_turn(words);
}

// Turns sixteen counters, their first words, then their second ones and so on, into their random words.
static inline __attribute__((always_inline)) void
sendcast_ars_of_counters(void *four_words, uint32_t seed_low, uint32_t seed_high) {
    sendcast_words *counters = four_words;
    sendcast_turn(counters);
    sendcast_ars(counters, seed_low, seed_high);
    sendcast_turn(counters);
}
