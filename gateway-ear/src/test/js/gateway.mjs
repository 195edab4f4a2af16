// Where the gateway under test is, and the models every client must work with: one of each provider dialect.
export const url = process.env.GATEWAY_URL
export const apiKey = process.env.GATEWAY_KEY
export const models = process.env.GATEWAY_MODELS.split(',')

export const weather = {
  name: 'weather',
  description: 'Tells the weather',
  schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }
}
export const question = 'call weather {"city":"Bern"}'
export const place = {
  type: 'object', properties: { name: { type: 'string' }, people: { type: 'integer' } }, required: ['name', 'people'], additionalProperties: false
}

export function isPlace(text) {
  const said = JSON.parse(text)
  return typeof said.name === 'string' && Number.isInteger(said.people)
}
