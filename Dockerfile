# One image for every process of the product; compose.yaml says which runs what.
FROM python:3.11-slim AS build
ARG TORCH_INDEX_URL=
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/shopguide
ENV PATH=/opt/shopguide/bin:$PATH
WORKDIR /build
COPY requirements/production.txt requirements/torch.txt ./
RUN pip install --require-hashes -r production.txt
# TORCH_INDEX_URL: an index with processor-only builds keeps 2.5 GB of CUDA out of the image.
RUN pip install -r torch.txt ${TORCH_INDEX_URL:+--extra-index-url "$TORCH_INDEX_URL"}

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/shopguide shopguide \
    && install -d -o shopguide -g shopguide /data
COPY --from=build /opt/shopguide /opt/shopguide
ENV PATH=/opt/shopguide/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SHOPGUIDE_PRODUCTION=true \
    DATA_DIR=/data
WORKDIR /srv/shopguide
COPY manage.py ./
COPY shopguide shopguide
COPY catalog catalog
COPY profiles profiles
COPY assistant assistant
COPY marketing marketing
COPY templates templates
COPY static static
RUN python -m shopguide.embedded.translating
USER shopguide
VOLUME /data
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "shopguide.wsgi:application"]
