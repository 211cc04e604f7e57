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
SENDCAST_LANES sendcast_lanes_floor(sendcast_lanes a) { return __builtin_elementwise_floor(a); }

// No less than the lowest and no more than the highest; what is no number stays so.
SENDCAST_LANES sendcast_lanes_within(sendcast_lanes a, sendcast_lanes lowest, sendcast_lanes highest) {
    sendcast_lanes raised = lowest > a ? lowest : a;
    return highest < raised ? highest : raised;
}

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
typedef uint64_t sendcast_pairs __attribute__((ext_vector_type(8)));

typedef int32_t sendcast_counts __attribute__((ext_vector_type(16)));
typedef uint16_t sendcast_halves __attribute__((ext_vector_type(16)));
typedef uint8_t sendcast_bytes __attribute__((ext_vector_type(16)));

// The lower halves and the lowest bytes of sixteen numbers.
static inline __attribute__((always_inline, const)) sendcast_halves sendcast_low_halves(sendcast_counts counts) {
    return __builtin_convertvector(counts, sendcast_halves);
}
static inline __attribute__((always_inline, const)) sendcast_bytes sendcast_low_bytes(sendcast_counts counts) {
    return __builtin_convertvector(counts, sendcast_bytes);
}

// Lanes of a comparison as bits, in `bits`. A macro: compilers warn of functions that hand vectors to one another.
#define SENDCAST_BITS(bits, comparison)                                                       \
    typedef _Bool sendcast_flags __attribute__((ext_vector_type(16)));                        \
    sendcast_flags flags = __builtin_convertvector(comparison, sendcast_flags);               \
    uint16_t bits;                                                                            \
    __builtin_memcpy(&bits, &flags, sizeof bits)

// The lanes in which a number is below zero, as bits.
static inline __attribute__((always_inline, const)) uint32_t sendcast_negative(sendcast_counts counts) {
    SENDCAST_BITS(bits, counts < 0);
    return bits;
}

// Whether all numbers are zero.
static inline __attribute__((always_inline, const)) _Bool sendcast_are_zero(sendcast_counts counts) {
    SENDCAST_BITS(bits, counts != 0);
    return bits == 0;
}

// Asks for memory that is needed soon, and may be changed, so that nobody waits for it.
static inline __attribute__((always_inline)) void sendcast_fetch(const void *place) { __builtin_prefetch(place, 1); }

// Two halves a lane: what is decided of two children of each of sixteen runs.
typedef uint16_t sendcast_twice __attribute__((ext_vector_type(32)));

// All bits of the halves that are below those of other words.
static inline __attribute__((always_inline, const)) sendcast_words
sendcast_halves_below(sendcast_words a, sendcast_words b) {
    return (sendcast_words)((sendcast_twice)a < (sendcast_twice)b);
}

// How many halves of four words have all bits.
static inline __attribute__((always_inline, const)) sendcast_counts
sendcast_halves_set(sendcast_words a, sendcast_words b, sendcast_words c, sendcast_words d) {
    sendcast_counts sum = (sendcast_counts)((sendcast_twice)a + (sendcast_twice)b + (sendcast_twice)c + (sendcast_twice)d);
    return -((sum << 16 >> 16) + (sum >> 16));
}
