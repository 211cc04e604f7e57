// Arithmetic on sixteen floats as the processor's own vector instructions. Swift's SIMD16<Float> is the same type, but
// its operators are written lane by lane and only sometimes become vectors again.
#pragma once

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
