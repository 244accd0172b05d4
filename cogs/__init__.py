# SPDX-License-Identifier: MIT
"""The features of Refdesk, one package each."""
