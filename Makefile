# 两条命令：make run 启动助手，make test 跑全部测试。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: run test lint bench clean

run: $(VENV)/.run
	@$(BIN)/python -m bot

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(ARGS)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 以上，现在是 $$($(PYTHON) --version 2>&1)"; exit 1; }
	@echo "正在建立 .venv 并安装依赖，第一次要几分钟……"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(INSTALL) -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) build *.egg-info
