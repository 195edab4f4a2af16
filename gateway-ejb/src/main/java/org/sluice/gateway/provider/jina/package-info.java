/** Jina AI: embeddings (texts, images) and rerank, no chat. Token arrays are refused. */
package org.sluice.gateway.provider.jina;
