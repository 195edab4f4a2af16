/**
 * Embeddings and rerank as our clients ask for them, and as most providers of them answer.
 *
 * <p>Embeddings have OpenAI's shape on the client's side, rerank has Cohere's v2 shape. Most providers took one of the two
 * over and renamed a few members; {@link org.sluice.gateway.dialect.retrieval.ListedEmbeddings} and
 * {@link org.sluice.gateway.dialect.retrieval.ListedRerank} speak those, the names being data.
 *
 * <ul>
 * <li>R1: {@code encoding_format: base64} is done here where a translation takes place: 32-bit floats, little-endian.
 * <li>R2: at most 2048 inputs and 10000 documents; token arrays go only to providers that read them, else 400 names {@code input}.
 * <li>R3: where a provider counts one total, that total is the input.
 * <li>R4: {@code top_k} is read as {@code top_n}, {@code output_dimension} as {@code dimensions}, {@code task} as {@code input_type}.
 * </ul>
 */
package org.sluice.gateway.dialect.retrieval;
