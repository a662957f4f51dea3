# Needs a python3 (3.11 to 3.14) and nothing else: each target makes .venv on its way.

.DEFAULT_GOAL := help
.PHONY: help run test check bench bench-kill lock words clean

# Both may be given on the line: make run ARGS=--stay PYTHON=python3.13
ARGS =
PYTHON =

runtime = @sh .ci/environment $@ requirements.lock '$(PYTHON)'
development = @sh .ci/environment $@ requirements-dev.lock '$(PYTHON)'

help:
	@echo 'make run      read the news, show the digest, answer commands (Ctrl-D ends it)'
	@echo 'make test     run the tests, but for the slow ones'
	@echo 'make check    all that a change must pass: format, lint, types, contracts, all tests, coverage'
	@echo 'make bench    measure quality, speed and memory against peers'
	@echo 'make bench-kill   kill the bot over a hundred times while it posts, and count what is lost or doubled'
	@echo 'make lock     renew the locked packages from pyproject.toml'
	@echo 'make words    renew the message catalogues from the code'
	@echo 'make clean    remove .venv and caches; the archive in data/ stays'
	@echo
	@echo 'make run ARGS=--stay            keep running until it is stopped'
	@echo 'make test ARGS="-k sentences"   only the tests on sentences; ARGS="-m slow" the slow ones'
	@echo 'make bench ARGS=summaries       only that: summaries, sentences, facts, search, startup, fanout, telegram, slack, slack-acks, feeds'
	@echo 'make run PYTHON=python3.12      choose the Python that makes .venv'

run:
	$(runtime)
	@exec .venv/bin/briefbot run $(ARGS)

test:
	$(development)
	@exec .venv/bin/python -m pytest --numprocesses auto -m 'not slow' $(ARGS)

check:
	$(development)
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy --strict bot tests
	.venv/bin/mypy --strict .ci/environment.py .ci/image.py
	.venv/bin/lint-imports --no-logo --no-cache
	.venv/bin/hadolint Dockerfile
	@if [ -x .venv/bin/shellcheck ]; then set -x; .venv/bin/shellcheck .ci/run .ci/environment; fi
	.venv/bin/coverage erase
	.venv/bin/coverage run -m pytest --quiet --numprocesses auto -m 'not slow'
	# These mostly wait, for processes and for time to go by.
	.venv/bin/python -m pytest --quiet --numprocesses 4 -m slow
	.venv/bin/coverage combine --quiet
	.venv/bin/coverage report --include='bot/core/*,bot/app/*' --fail-under=100
	.venv/bin/coverage report --fail-under=95

# The peers join .venv only here: neither the bot nor its tests need them.
peers = tests/benchmarks/requirements.lock

bench:
	$(development)
	@cmp -s $(peers) .venv/requirements-bench.lock || { \
		echo 'Installing the peers to measure against, hashes checked' >&2; \
		.venv/bin/python -I -m pip --no-input --disable-pip-version-check install --quiet \
			--no-deps --require-hashes -r $(peers) && \
		cp $(peers) .venv/requirements-bench.lock; } || { \
		echo 'The peers could not be installed, for the reason above. Mend it, then: make bench' >&2; \
		exit 1; }
	@exec .venv/bin/python -m tests.benchmarks.bench $(ARGS)

bench-kill:
	$(development)
	@exec .venv/bin/python -m tests.benchmarks.kills $(ARGS)

# No address is written into the locks: a package is known by its hash, wherever it comes from.
compile = .venv/bin/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
# What only sumy's command line and its reading of web pages need is left out of the bench.
unused = breadability chardet docopt docopt-ng lxml lxml-html-clean

lock:
	$(development)
	$(compile) pyproject.toml --group build --output-file requirements.lock
	$(compile) pyproject.toml --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	$(compile) --group bench --constraints requirements-dev.lock \
		$(addprefix --no-emit-package ,$(unused)) --output-file $(peers)

# The same messages make the same files: nothing in them tells when or where.
words:
	$(development)
	.venv/bin/pybabel -q extract -k later -c Translators: --no-location --sort-output \
		--omit-header -o bot/locale/briefbot.pot bot
	.venv/bin/pybabel -q update -D briefbot -i bot/locale/briefbot.pot -d bot/locale \
		--ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date

clean:
	rm -rf .venv .coverage .coverage.* .hypothesis .*_cache dist
	find bot tests -name __pycache__ -prune -exec rm -rf {} +
