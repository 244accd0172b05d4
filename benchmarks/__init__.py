# SPDX-License-Identifier: MIT
"""Speed and memory, measured beside the bare libraries in the same run; never a test."""
