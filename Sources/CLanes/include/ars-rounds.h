// The generator ARS-7 by one way of doing a round of AES: SENDCAST_AES(name) names what is defined, and SENDCAST_AES_BYTES
// says how many bytes an instruction takes: 64 or 32 (VAES), 16 (AES-NI, or ARM's extension), 0 (no such instruction).
// Included once for the processor that is built for, and again by `ways.c` for all ways.

// One round over four blocks, or the last one, which does not mix columns.
static inline __attribute__((always_inline)) void
SENDCAST_AES(sendcast_aes_round)(sendcast_words *blocks, const sendcast_words *key, _Bool is_last) {
#if SENDCAST_AES_BYTES == 0
    uint8_t before[64], after[64];
    __builtin_memcpy(before, blocks, 64);
    for (int block = 0; block < 64; block += 16)
        for (int place = 0; place < 16; place++)
            after[block + place] = sendcast_aes_box[before[block + (place + 4 * (place & 3)) % 16]];
    sendcast_words bytes;
    __builtin_memcpy(&bytes, after, 64);
    if (!is_last) {
        sendcast_words doubled = ((bytes & 0x7F7F7F7F) << 1) ^ ((bytes >> 7 & 0x01010101) * 0x1B);
        sendcast_words tripled = doubled ^ bytes;
        bytes = doubled ^ (tripled >> 8 | tripled << 24) ^ (bytes >> 16 | bytes << 16) ^ (bytes >> 24 | bytes << 8);
    }
    *blocks = bytes ^ *key;
#elif defined(__aarch64__)
    for (int part = 0; part < 64; part += 16) {
        uint8x16_t block, own;
        __builtin_memcpy(&block, (char *)blocks + part, 16);
        __builtin_memcpy(&own, (const char *)key + part, 16);
        block = vaeseq_u8(block, vdupq_n_u8(0));
        block = veorq_u8(is_last ? block : vaesmcq_u8(block), own);
        __builtin_memcpy((char *)blocks + part, &block, 16);
    }
#else
    typedef long long part __attribute__((vector_size(SENDCAST_AES_BYTES)));
    for (int first = 0; first < 64; first += SENDCAST_AES_BYTES) {
        part block, own;
        __builtin_memcpy(&block, (char *)blocks + first, SENDCAST_AES_BYTES);
        __builtin_memcpy(&own, (const char *)key + first, SENDCAST_AES_BYTES);
#if SENDCAST_AES_BYTES == 64
        block = is_last ? __builtin_ia32_aesenclast512(block, own) : __builtin_ia32_aesenc512(block, own);
#elif SENDCAST_AES_BYTES == 32
        block = is_last ? __builtin_ia32_aesenclast256(block, own) : __builtin_ia32_aesenc256(block, own);
#else
        block = is_last ? __builtin_ia32_aesenclast128(block, own) : __builtin_ia32_aesenc128(block, own);
#endif
        __builtin_memcpy((char *)blocks + first, &block, SENDCAST_AES_BYTES);
    }
#endif
}

// Seven rounds over sixteen blocks. The key is the seed and 64 zeros, and grows by a Weyl step from round to round.
static inline __attribute__((always_inline)) void
SENDCAST_AES(sendcast_ars)(sendcast_words blocks[4], uint32_t low, uint32_t high) {
    sendcast_words key = {low, high, 0, 0, low, high, 0, 0, low, high, 0, 0, low, high, 0, 0};
    const sendcast_pairs step = {
        0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B, 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B,
        0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B, 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B};
#pragma clang loop unroll(full)
    for (int part = 0; part < 4; part++) blocks[part] ^= key;
#pragma clang loop unroll(full)
    for (int round = 1; round <= 7; round++) {
        key = (sendcast_words)((sendcast_pairs)key + step);
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) SENDCAST_AES(sendcast_aes_round)(&blocks[part], &key, round == 7);
    }
}
