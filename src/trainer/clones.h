// SPDX-License-Identifier: Apache-2.0
// Marks a function that is compiled for several instruction sets, of which the machine's best one
// runs. Sanitizers start too late for the choice at load time, so with them there is one version
// only.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ENTENTE_CLONES __attribute__((target_clones("avx512f", "arch=haswell", "default")))
#else
#define ENTENTE_CLONES
#endif
