"""基准测试：`python -m benchmarks`（即 `make bench`），只量不判。"""
