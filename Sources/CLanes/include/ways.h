// Every way of doing the rounds of AES that this processor has, so that tests can compare them: the program uses one.
#pragma once

#include "ars.h"

typedef struct {
    const char *name;
    // One round over four blocks, or the last one.
    void (*round)(uint32_t blocks[16], const uint32_t key[16], _Bool is_last);
    // Sixteen counters, in the order of `sendcast_turn`, become their random words.
    void (*words)(uint32_t counters[64], uint32_t seed_low, uint32_t seed_high);
} sendcast_way;

// How many there are, and each of them.
int sendcast_way_count(void);
sendcast_way sendcast_way_at(int number);
