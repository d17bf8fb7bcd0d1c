# A server that draws and scores: docker build -t codepaint . && docker run --rm -p 8000:8000 codepaint
#
# It runs as an ordinary user. Docker's own filter of system calls keeps a container from making user namespaces, so the
# workers reach the level `namespaces and seccomp` at most; `docker run --rm codepaint doctor` names the level. With
# `--security-opt seccomp=unconfined --security-opt apparmor=unconfined` they reach `bubblewrap and seccomp`, and Docker's
# own filter is gone: docs/security.md says which of the two you want.
FROM python:3.11-slim-bookworm AS wheel
WORKDIR /checkout
COPY . .
RUN pip install --no-cache-dir build && python -m build --wheel --outdir /wheels

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install --no-install-recommends -y libseccomp2 && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 paint
COPY --from=wheel /wheels /wheels
RUN pip install --no-cache-dir /wheels/*.whl && rm -rf /wheels
USER paint
ENV CODEPAINT_CACHE=/home/paint/cache
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz')"]
ENTRYPOINT ["codepaint"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
