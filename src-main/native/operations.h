// What each file of operations registers.
#pragma once

namespace cutpoint {

void registerBatchNorm();
void registerDepthwise();
void registerPointwise();
void registerUpdates();

}  // namespace cutpoint
