# docker build -t briefbot . && docker run --read-only --tmpfs /tmp -v briefbot:/data briefbot
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS builder
WORKDIR /build
RUN ["python", "-m", "venv", "/opt/briefbot"]
ENV PATH=/opt/briefbot/bin:$PATH \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
COPY requirements.lock ./
RUN ["python", "-m", "pip", "install", "--no-deps", "--require-hashes", "-r", "requirements.lock"]
COPY pyproject.toml README.md LICENSE ./
COPY config config
COPY bot bot
# The second line takes out again what only the building needed.
RUN python -m pip install --no-index --no-deps --no-build-isolation . \
    && python -m pip uninstall --yes editables hatchling trove-classifiers pip

FROM python:${PYTHON}-slim
COPY --from=builder /opt/briefbot /opt/briefbot
RUN ["install", "--directory", "--owner=10001", "--group=10001", "/data"]
WORKDIR /app
COPY config config
COPY seeds seeds
# The root may be read-only: all that is written goes to /data.
ENV PATH=/opt/briefbot/bin:$PATH \
    DATA_DIR=/data \
    HOME=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
VOLUME /data
USER 10001:10001
STOPSIGNAL SIGTERM
ENTRYPOINT ["briefbot"]
CMD ["run", "--stay"]
