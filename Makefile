# 常用的两条：make run 启动助手，make test 跑全部测试。知识改定以后、发布之前再跑 make learn。
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --no-input -c constraints.txt

.PHONY: run test lint bench learn clean

run: $(VENV)/.run
	@$(BIN)/python -m bot

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(ARGS)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 以上，现在是 $$($(PYTHON) --version 2>&1)"; exit 1; }
	@echo "第 1 步，共 3 步：建立 .venv……"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "第 2 步，共 3 步：下载并安装依赖，第一次一般两三分钟，下面是进度："
	@$(INSTALL) -e .
	@echo "第 3 步，共 3 步：装好了，正在启动。"
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "正在下载并安装测试用的依赖，下面是进度："
	@$(INSTALL) -e ".[dev]"
	@touch $@

learn: $(VENV)/.run
	@$(BIN)/python -m bot learn

clean:
	rm -rf $(VENV) build *.egg-info
