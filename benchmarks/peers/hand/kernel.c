// W in C with vector instructions (AVX2), by hand: the fastest way we know of to get these figures, and no others.
//   gcc -O3 -mavx2 -mfma -fopenmp kernel.c -o kernel -lm && ./kernel FOLDER RUNS THREADS REPETITIONS
//
// Eight runs are eight lanes. Rates are never drawn while few children meet them: a cell is a Pólya urn, so that each child's fate is
// drawn in proportion to prior weights and the fates before it, and all joiners to small cells share one urn (Blackwell and MacQueen).
// Once a cell has many children, its rates are drawn from what the urn knows, and counts are binomial.
//
// What it leaves out, and Sendcast promises: draws are not keyed, so that a scenario cannot meet the same children as its baseline, and
// a cell more changes every draw after it; numbers are single precision; no run can be made alone or looked at; shapes are constants;
// nothing is checked. Urns know no rate that a lever could change, and no place that could be full.
#include "draws.h"
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { AGES = 26, NEEDS = 14, SETTINGS = 12, ROW = NEEDS * SETTINGS, CELLS = AGES * ROW, YEARS = 10, SERIES = 200 };
enum { FEW = 24, SINGLY = 128, POOLED = 3 };  // counts and means up to which a way of drawing is the faster one

typedef struct {
    Floats left, total, moved, to[SETTINGS];  // an urn's weights; or, once drawn, the probability of leaving and of each setting
} Cell;

typedef struct {
    Random random;
    Ints now[CELLS], next[CELLS];
    Cell cells[CELLS];
    uint8_t drawn[CELLS];
    Floats joining[CELLS], pool;  // joiners a year: of a large cell, and of all small ones
    Ints past;                    // how many have joined small cells, and
    int32_t *joined;              // which, lane by lane
    int room;
} Block;

static int32_t start[CELLS];
static float leaving[CELLS], staying[CELLS], moving[CELLS * SETTINGS], evidence[CELLS];
static float poolWeight, kept[CELLS];  // Walker's alias table of small cells
static int32_t small[CELLS], other[CELLS], smallCount;

// Children one by one, each where the urn sends them.
static void decideSingly(Block *b, int at, Ints n) {
    Cell *cell = &b->cells[at];
    Random random = b->random;
    Floats left = cell->left, total = cell->total, moved = cell->moved;
    const int own = at % SETTINGS;
    Ints *to = &b->next[at - own + ROW];
    Floats stay = cell->to[own];
    Ints stayed = {0};
    for (int child = 0, count = most(n); child < count; child++) {
        Ints here = n > child;
        Floats u = uniform(&random) * total - left;
        Ints goes = here & (u >= 0.0f);
        Floats where = u / (total - left) * moved;
        Ints stays = goes & (where < stay), rest = goes ^ stays;
        if (any(rest)) {
            where -= stay;
            for (int k = 0; k < SETTINGS && any(rest); k++) {
                if (k == own) continue;
                Ints chosen = rest & (where < cell->to[k]);
                where -= cell->to[k];
                cell->to[k] += ones(chosen);
                to[k] -= chosen;
                rest &= ~chosen;
            }
            stays |= rest;
        }
        left += ones(here & ~goes); total += ones(here); moved += ones(goes);
        stay += ones(stays); stayed -= stays;
    }
    to[own] += stayed;
    cell->to[own] = stay; cell->left = left; cell->total = total; cell->moved = moved;
    b->random = random;
}

static void drawRates(Block *b, int at) {
    Cell *cell = &b->cells[at];
    Floats leave = gammas(&b->random, cell->left), keep = gammas(&b->random, cell->total - cell->left), sum = all(0);
    cell->left = leave / (leave + keep);
    for (int k = 0; k < SETTINGS; k++) sum += cell->to[k] = gammas(&b->random, cell->to[k]);
    for (int k = 0; k < SETTINGS; k++) cell->to[k] /= sum;
    b->drawn[at] = 1;
}

static void decideTogether(Block *b, int at, Ints n) {
    Cell *cell = &b->cells[at];
    const int own = at % SETTINGS;
    Ints *to = &b->next[at - own + ROW];
    Floats share = 1.0f - cell->to[own];
    n -= binomial(&b->random, n, cell->left);
    Ints movers = binomial(&b->random, n, share);
    to[own] += n - movers;
    const int count = most(movers);
    if (count > SINGLY) {
        for (int k = 0; k < SETTINGS; k++) {
            if (k == own) continue;
            Floats p = cell->to[k] / share;
            Ints chosen = binomial(&b->random, movers, pick((p < 1.0f) & (share > 1e-7f), p, all(1)));
            to[k] += chosen; movers -= chosen; share -= cell->to[k];
        }
        to[own] += movers;
        return;
    }
    Random random = b->random;
    for (int child = 0; child < count; child++) {
        Ints rest = movers > child;
        Floats where = uniform(&random) * share;
        for (int k = 0; k < SETTINGS && any(rest); k++) {
            if (k == own) continue;
            Ints chosen = rest & (where < cell->to[k]);
            where -= cell->to[k];
            to[k] -= chosen;
            rest &= ~chosen;
        }
        to[own] -= rest;
    }
    b->random = random;
}

static void joinSmall(Block *b) {
    Ints due = poisson(&b->random, b->pool);
    const Ints lane = {0, 1, 2, 3, 4, 5, 6, 7};
    const int count = most(due), needed = most(b->past) + count;
    if (needed > b->room) {
        b->room = 2 * needed;
        b->joined = realloc(b->joined, (size_t)b->room * LANES * sizeof(int32_t));
    }
    for (int child = 0; child < count; child++) {
        Ints here = due > child;
        Floats x = uniform(&b->random) * (poolWeight + floats(b->past));
        Ints fresh = x < poolWeight;
        Floats place = pick(fresh, x * (smallCount / poolWeight), x - poolWeight);
        Ints last = (Ints)pick(fresh, (Floats)((Ints){0} + smallCount - 1), (Floats)(b->past - 1)), slot = ints(place);
        slot = here & (Ints)pick(slot > last, (Floats)last, (Floats)slot);
        Ints anew = slot & fresh;
        Floats keep = gatheredFloats(kept, anew);
        Ints cell = (Ints)pick(uniform(&b->random) < keep, (Floats)gathered(small, anew), (Floats)gathered(other, anew));
        cell = (Ints)pick(fresh, (Floats)cell, (Floats)gathered(b->joined, (slot & ~fresh) * LANES + lane));
        for (int i = 0; i < LANES; i++) {
            if (!here[i]) continue;
            b->joined[b->past[i] * LANES + i] = cell[i];
            ((int32_t *)&b->next[cell[i]])[i]++;
        }
        b->past -= here;
    }
}

static void begin(Block *b, uint64_t seed) {
    b->random = seeded(seed);
    b->past = (Ints){0};
    memset(b->drawn, 0, sizeof b->drawn);
    for (int i = 0; i < CELLS; i++) {
        b->now[i] = (Ints){0} + start[i];
        Cell *cell = &b->cells[i];
        cell->left = all(leaving[i]);
        cell->total = cell->moved = all(leaving[i] + staying[i]);
        for (int k = 0; k < SETTINGS; k++) cell->to[k] = all(moving[i * SETTINGS + k]);
        if (evidence[i] > 3 * POOLED) b->joining[i] = gammas(&b->random, all(evidence[i])) / 3.0f;
    }
    b->pool = gammas(&b->random, all(poolWeight)) / 3.0f;
}

static void step(Block *b) {
    memset(b->next, 0, sizeof b->next);
    for (int i = 0; i < CELLS - ROW; i++) {
        Ints n = b->now[i];
        if (!any(n)) continue;
        if (!b->drawn[i] && most(n) > FEW) drawRates(b, i);
        if (b->drawn[i]) decideTogether(b, i, n); else decideSingly(b, i, n);
    }
    for (int i = 0; i < CELLS; i++)
        if (evidence[i] > 3 * POOLED) b->next[i] += poisson(&b->random, b->joining[i]);
    if (smallCount) joinSmall(b);
    memcpy(b->now, b->next, sizeof b->now);
}

static void record(const Block *b, int32_t *out, int runs, int first) {
    static const int bands[] = {0, 5, 11, 16, 19, 26};
    Ints series[SERIES] = {{0}};
    for (int band = 0; band < 5; band++)
        for (int i = bands[band] * ROW; i < bands[band + 1] * ROW; i++) {
            series[27 + band] += b->now[i];
            series[32 + i % ROW] += b->now[i];
        }
    for (int i = 0; i < ROW; i++) {
        Ints n = series[32 + i];
        series[0] += n;
        series[1 + i / SETTINGS] += n;
        series[15 + i % SETTINGS] += n;
    }
    for (int i = 0; i < SERIES; i++)
        for (int lane = 0; lane < LANES && first + lane < runs; lane++) out[(size_t)i * runs + first + lane] = series[i][lane];
}

// Mean and quantiles of one series, by counting.
static double summarise(const int32_t *values, int runs, int quantiles[5]) {
    static const double shares[5] = {.05, .25, .5, .75, .95};
    int32_t low = values[0], high = values[0];
    double sum = 0;
    for (int i = 0; i < runs; i++) {
        low = values[i] < low ? values[i] : low;
        high = values[i] > high ? values[i] : high;
        sum += values[i];
    }
    int32_t *counts = calloc((size_t)(high - low) + 1, sizeof *counts);
    for (int i = 0; i < runs; i++) counts[values[i] - low]++;
    for (int q = 0, value = 0, seen = counts[0]; q < 5; q++) {
        while (seen < shares[q] * runs) seen += counts[++value];
        quantiles[q] = low + value;
    }
    free(counts);
    return sum / runs;
}

static void *load(const char *folder, const char *name, size_t count, size_t size) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    void *found = malloc(count * size);
    if (!file || fread(found, size, count, file) != count) { fprintf(stderr, "%s cannot be read\n", path); exit(1); }
    fclose(file);
    return found;
}

static void loadFloats(const char *folder, const char *name, float *into, size_t count) {
    double *found = load(folder, name, count, sizeof(double));
    for (size_t i = 0; i < count; i++) into[i] = (float)found[i];
    free(found);
}

static void poolSmallCells(void) {
    int32_t lows[CELLS], highs[CELLS], low = 0, high = 0;
    double weight[CELLS], sum = 0;
    for (int i = 0; i < CELLS; i++)
        if (evidence[i] <= 3 * POOLED) { small[smallCount] = i; sum += weight[smallCount++] = evidence[i]; }
    poolWeight = (float)sum;
    for (int i = 0; i < smallCount; i++) {
        weight[i] *= smallCount / sum;
        if (weight[i] < 1) lows[low++] = i; else highs[high++] = i;
        other[i] = small[i];
        kept[i] = 1;
    }
    while (low && high) {
        int poor = lows[--low], rich = highs[high - 1];
        kept[poor] = (float)weight[poor];
        other[poor] = small[rich];
        weight[rich] -= 1 - weight[poor];
        if (weight[rich] < 1) { high--; lows[low++] = rich; }
    }
}

int main(int count, char **words) {
    if (count != 5) { fprintf(stderr, "kernel FOLDER RUNS THREADS REPETITIONS\n"); return 1; }
    const char *folder = words[1];
    const int runs = atoi(words[2]), threads = atoi(words[3]), repetitions = atoi(words[4]), blocks = (runs + LANES - 1) / LANES;
    int32_t *counts = load(folder, "n0.i32", CELLS, sizeof(int32_t));
    memcpy(start, counts, sizeof start);
    free(counts);
    loadFloats(folder, "la.f64", leaving, CELLS);
    loadFloats(folder, "lb.f64", staying, CELLS);
    loadFloats(folder, "da.f64", moving, (size_t)CELLS * SETTINGS);
    loadFloats(folder, "ja.f64", evidence, CELLS);
    poolSmallCells();
    double times[repetitions], means[YEARS * SERIES];
    int quantiles[YEARS * SERIES][5];
    for (int repetition = 0; repetition < repetitions; repetition++) {
        const double began = omp_get_wtime();
        int32_t *out = malloc((size_t)YEARS * SERIES * runs * sizeof *out);
#pragma omp parallel num_threads(threads)
        {
            Block *block = aligned_alloc(64, (sizeof(Block) + 63) / 64 * 64);
            block->joined = NULL;
            block->room = 0;
#pragma omp for schedule(dynamic)
            for (int i = 0; i < blocks; i++) {
                begin(block, 1000003ull * repetition + i);
                for (int year = 0; year < YEARS; year++) {
                    step(block);
                    record(block, out + (size_t)year * SERIES * runs, runs, i * LANES);
                }
            }
            free(block->joined);
            free(block);
#pragma omp for
            for (int i = 0; i < YEARS * SERIES; i++) means[i] = summarise(out + (size_t)i * runs, runs, quantiles[i]);
        }
        free(out);
        const double took = omp_get_wtime() - began;
        int at = repetition;
        while (at && times[at - 1] > took) { times[at] = times[at - 1]; at--; }
        times[at] = took;
    }
    const int last = (YEARS - 1) * SERIES, *q = quantiles[last];
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("hand %s S=%d threads=%d: median %.3f s  peak %ld MB  total y10 mean %.1f q %d %d %d %d %d\n", folder, runs, threads,
           times[repetitions / 2], used.ru_maxrss / 1024, means[last], q[0], q[1], q[2], q[3], q[4]);
}
