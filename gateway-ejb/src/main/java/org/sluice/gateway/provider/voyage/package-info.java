/** Voyage AI: embeddings and rerank, no chat. Text only; token arrays are refused. */
package org.sluice.gateway.provider.voyage;
