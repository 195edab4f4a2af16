// The official OpenAI client, unchanged: chat completions.
import assert from 'node:assert/strict'
import test from 'node:test'
import OpenAI from 'openai'
import { apiKey, isPlace, models, place, question, url, weather } from './gateway.mjs'

const client = new OpenAI({ apiKey, baseURL: url + '/api', maxRetries: 0 })
const tools = [{ type: 'function', function: { name: weather.name, description: weather.description, parameters: weather.schema } }]

for (const model of models) {
  test(`${model}: a question is answered, with counts`, async () => {
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hello there' }] })
    assert.match(answer.choices[0].message.content, /Hello there/)
    assert.equal(answer.choices[0].finish_reason, 'stop')
    assert.ok(answer.usage.prompt_tokens > 0)
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens)
  })

  test(`${model}: a stream says the same, with counts when asked`, async () => {
    const stream = client.chat.completions.stream({ model, messages: [{ role: 'user', content: 'one two three' }], stream_options: { include_usage: true } })
    let pieces = 0
    stream.on('content', () => pieces++)
    const answer = await stream.finalChatCompletion()
    assert.match(answer.choices[0].message.content, /one two three/)
    assert.ok(pieces > 1)
    assert.ok(answer.usage.completion_tokens > 0)
  })

  test(`${model}: a tool is called, also in a stream, and its result goes back`, async () => {
    const messages = [{ role: 'user', content: question }]
    const streamed = await client.chat.completions.stream({ model, messages, tools }).finalChatCompletion()
    const answer = await client.chat.completions.create({ model, messages, tools })
    for (const one of [streamed, answer]) {
      assert.equal(one.choices[0].finish_reason, 'tool_calls')
      assert.equal(one.choices[0].message.tool_calls[0].function.name, 'weather')
      assert.deepEqual(JSON.parse(one.choices[0].message.tool_calls[0].function.arguments), { city: 'Bern' })
    }
    const message = answer.choices[0].message
    const last = await client.chat.completions.create({ model, tools, messages: [...messages, message, { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'sunny' }] })
    assert.match(last.choices[0].message.content, /sunny/)
  })

  test(`${model}: a schema is satisfied`, async () => {
    const answer = await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Describe Bern' }],
      response_format: { type: 'json_schema', json_schema: { name: 'place', strict: true, schema: place } } })
    assert.ok(isPlace(answer.choices[0].message.content))
  })

  test(`${model}: a failure has the provider's status and words`, async () => {
    const asked = { model, messages: [{ role: 'user', content: 'fail 429' }] }
    for (const stream of [false, true]) {
      await assert.rejects(() => client.chat.completions.create({ ...asked, stream }), error => error instanceof OpenAI.RateLimitError && /as it was told/.test(error.message))
    }
  })
}

test('an unknown model is not found', async () => {
  await assert.rejects(() => client.chat.completions.create({ model: 'no-such-model', messages: [{ role: 'user', content: 'Hi' }] }), OpenAI.NotFoundError)
})
