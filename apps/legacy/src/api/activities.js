import { auditToken } from './auditToken'
import { postJson } from './pingone'

export const ACTIONS = [
  'USER.ACCESS_ALLOWED',
  'USER.ACCESS_DENIED',
  'USER.CREATED',
  'USER.UPDATED',
  'USER.DELETED',
  'MEMBER_OF_GROUP.CREATED',
  'APPLICATION.UPDATED',
  'SECRET.READ',
]

const PAGE_SIZE = 50
const DATE = /^\d{4}-\d\d-\d\d$/

/** A range of days is demanded, and at most one more thing is taken. */
function filterOf({ from, to, action }) {
  if (!DATE.test(from) || !DATE.test(to)) throw new Error('Enter dates as in 2026-01-31')
  const range = `recordedAt ge "${from}T00:00:00.000Z" and recordedAt le "${to}T23:59:59.999Z"`
  return action ? `${range} and action.type eq "${action}"` : range
}

const cursorOf = (page) => {
  const next = page._links?.next?.href
  return next ? new URL(next, window.location.origin).searchParams.get('cursor') : null
}

/** One page, by a query or the cursor of the page before. The filter goes in the body: no personal data is in an address. */
export async function activityPage(query) {
  const body = query.cursor ? { cursor: query.cursor, limit: PAGE_SIZE } : { filter: filterOf(query), limit: PAGE_SIZE }
  const token = await auditToken()
  const worker = JSON.parse(localStorage.getItem('worker_credentials') || '{}')
  const page = await postJson(`/environments/${worker.environmentId}/activities`, token, worker.region || 'us', body)
  return { activities: page._embedded.activities, cursor: cursorOf(page) }
}
