#pragma once
#include <cblas.h>

// OpenBLAS starts its threads when it is loaded, and they wait by spinning. This ends them; the serial build has none.
extern int blas_thread_shutdown_(void) __attribute__((weak));

static inline void sendcast_end_blas_threads(void) {
    if (blas_thread_shutdown_) blas_thread_shutdown_();
}
