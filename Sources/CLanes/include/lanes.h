// Arithmetic on sixteen numbers as the processor's own vector instructions. Swift's SIMD16<Float> is the same type, but
// its operators are written lane by lane and only sometimes become vectors again.
#pragma once

#include <stdint.h>

typedef float sendcast_lanes __attribute__((ext_vector_type(16)));

#define SENDCAST_LANES static inline __attribute__((always_inline, const)) sendcast_lanes

SENDCAST_LANES sendcast_lanes_add(sendcast_lanes a, sendcast_lanes b) { return a + b; }
SENDCAST_LANES sendcast_lanes_subtract(sendcast_lanes a, sendcast_lanes b) { return a - b; }
SENDCAST_LANES sendcast_lanes_multiply(sendcast_lanes a, sendcast_lanes b) { return a * b; }
SENDCAST_LANES sendcast_lanes_divide(sendcast_lanes a, sendcast_lanes b) { return a / b; }
SENDCAST_LANES sendcast_lanes_root(sendcast_lanes a) { return __builtin_elementwise_sqrt(a); }

// a · b + c: fused where the processor has it (every x86 since 2013 with the flags of `make`, every 64-bit ARM), so that
// such processors agree to the last bit; in two steps elsewhere.
SENDCAST_LANES sendcast_lanes_multiply_add(sendcast_lanes a, sendcast_lanes b, sendcast_lanes c) {
#if defined(__FMA__) || defined(__aarch64__)
    return __builtin_elementwise_fma(a, b, c);
#else
    return a * b + c;
#endif
}

typedef uint32_t sendcast_words __attribute__((ext_vector_type(16)));
typedef uint64_t sendcast_products __attribute__((ext_vector_type(8)));

#define SENDCAST_WORDS static inline __attribute__((always_inline, const)) sendcast_words

// The halves of sixteen products of 32-bit words, computed as eight and eight and put together by shuffles: compilers fold
// shifts into 64-bit multiplications, which take several times as long.
#define SENDCAST_EVEN(words, factor) ((sendcast_words)(((sendcast_products)(words) & 0xFFFFFFFF) * (uint64_t)(factor)))
#define SENDCAST_ODD(words, factor) ((sendcast_words)(((sendcast_products)(words) >> 32) * (uint64_t)(factor)))

SENDCAST_WORDS sendcast_product_high(sendcast_words words, uint32_t factor) {
    return __builtin_shufflevector(
        SENDCAST_EVEN(words, factor), SENDCAST_ODD(words, factor),  //
        1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
}

SENDCAST_WORDS sendcast_product_low(sendcast_words words, uint32_t factor) {
    return __builtin_shufflevector(
        SENDCAST_EVEN(words, factor), SENDCAST_ODD(words, factor),  //
        0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
}

typedef int32_t sendcast_counts __attribute__((ext_vector_type(16)));
typedef uint16_t sendcast_halves __attribute__((ext_vector_type(16)));

// The lower halves of sixteen numbers.
static inline __attribute__((always_inline, const)) sendcast_halves sendcast_lower_halves(sendcast_counts counts) {
    return __builtin_convertvector(counts, sendcast_halves);
}

// Asks for memory that is needed soon, and may be changed, so that nobody waits for it.
static inline __attribute__((always_inline)) void sendcast_fetch(const void *place) { __builtin_prefetch(place, 1); }
