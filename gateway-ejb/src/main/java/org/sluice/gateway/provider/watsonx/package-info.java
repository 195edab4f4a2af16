/**
 * Models at IBM watsonx.ai: {@code watsonx/ibm/granite-...}, or {@code watsonx/deployment/<id>} for one's own deployment.
 *
 * <p>Its chat is OpenAI's with other names: {@code model_id}, {@code tool_choice_option}, and a project or a space beside them;
 * whether the answer is streamed stands in the path. So a client's bytes pass with a few members changed. Parameters it
 * does not have are left out and told. Embeddings have a wire format of their own.
 *
 * <h2>Access</h2>
 * An API key of IBM Cloud is exchanged for a token, which is kept until shortly before it expires ({@code token}); a ready token
 * may be given instead. The address follows from the region; only the operator may name another, or another issuer ({@code
 * WATSONX_IAM_URL}). No message holds any part of a key or a token.
 *
 * @see <a href="https://cloud.ibm.com/apidocs/watsonx-ai#text-chat">watsonx.ai: text chat</a>
 * @see <a href="https://cloud.ibm.com/docs/account?topic=account-iamtoken_from_apikey">IBM Cloud: tokens from API keys</a>
 */
package org.sluice.gateway.provider.watsonx;
