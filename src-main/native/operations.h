// What each file of operations registers.
#pragma once

namespace cutpoint {

void registerBatchNorm();
void registerDepthwise();
void registerExcite();
void registerPixels();
void registerPointwise();
void registerUpdates();

}  // namespace cutpoint
