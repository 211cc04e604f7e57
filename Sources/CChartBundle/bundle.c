#include "chart_bundle.h"

// Vega, Vega-Lite and Vega-Embed in one file; `make` fetches it, and it is not part of the repository.
#pragma clang diagnostic ignored "-Wc23-extensions"
#if __has_embed("../../assets/vega-bundle.js")
static const unsigned char bundle[] = {
#embed "../../assets/vega-bundle.js"
};
#define COUNT sizeof bundle
#else
static const unsigned char bundle[] = {0};
#define COUNT 0
#endif

const unsigned char *sendcast_chart_bundle(void) { return bundle; }
size_t sendcast_chart_bundle_count(void) { return COUNT; }
