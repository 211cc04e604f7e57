#pragma once
#include <stddef.h>

/// The JavaScript that draws charts in a report; of no bytes where it was not fetched before the build.
const unsigned char *sendcast_chart_bundle(void);
/// How many bytes of it there are.
size_t sendcast_chart_bundle_count(void);
